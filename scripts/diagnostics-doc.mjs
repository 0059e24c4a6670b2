/**
 * Writes docs/diagnostics.md from the catalogue, with what is shown of a spec that brings each code: `npm run generate:docs`. The specs are
 * those of test/diagnostics. test/docs/generated.test.ts fails where the file is stale.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of a shown finding; what is longer is cut between two of its parts. */
const longestFinding = 40;

const words = { error: 'error', warning: 'warning', info: 'note' };

/** Indented examples of an explanation as fenced blocks; the text is left as it is. */
export function explanationAsMarkdown(text) {
  const lines = [];
  let fenced = false;
  const all = text.trim().split('\n');
  for (const [index, line] of all.entries()) {
    const isExample = line.startsWith('  ');
    const goesOn = line === '' && fenced && (all[index + 1] ?? '').startsWith('  ');
    if (isExample && !fenced) lines.push('```text');
    if (!isExample && !goesOn && fenced) lines.push('```');
    fenced = isExample || goesOn;
    lines.push(isExample ? line.slice(2) : fenced ? line : escaped(line));
  }
  if (fenced) lines.push('```');
  return lines.join('\n');
}

/** Text that Markdown would take for something else: angle brackets, stars and underscores outside of code. */
function escaped(line) {
  return line
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part.replaceAll(/[<*[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\$&`),
    )
    .join('');
}

/** The findings of one code among what is shown of a spec. */
export function findingsOf(rendered, code) {
  const isHead = (line) => /^(?:error|warning|info)\[OBS\d{4}\]/.test(line);
  const blocks = [];
  for (const line of rendered.trimEnd().split('\n')) {
    if (isHead(line)) blocks.push([]);
    blocks.at(-1)?.push(line);
  }
  const own = blocks.filter(([head]) => head.includes(`[${code}]`));
  const first = own[0] ?? [];
  const end = first.findLastIndex((line) => line !== '' && !/^\d+ (?:errors?|warnings?|notes?)/.test(line));
  return first.slice(0, end + 1);
}

/** What is shown of the first case of a code, or nothing where no spec brings it. */
function shownCase(root, folders, code) {
  const rendered = folders
    .filter((name) => name.startsWith(`${code}-`))
    .map((name) => findingsOf(readFileSync(join(root, name, 'expected.txt'), 'utf8'), code))
    .filter((lines) => lines.length > 0)
    .sort((one, other) => one.length - other.length);
  return rendered.find((lines) => lines.length <= longestFinding) ?? rendered[0];
}

/** A fence that the text does not contain. */
function fenced(lines) {
  const ticks = lines.some((line) => line.includes('```')) ? '````' : '```';
  return `${ticks}text\n${lines.join('\n')}\n${ticks}`;
}

/**
 * The text of docs/diagnostics.md.
 * @param product the catalogue, and the groups of its codes
 */
export function diagnosticsDoc(root, { catalogue, codeGroups }) {
  const cases = join(root, 'test/diagnostics');
  const folders = readdirSync(cases).sort();
  const codes = Object.keys(catalogue).sort();
  const groups = codeGroups
    .map(([prefix, title]) => ({ title, codes: codes.filter((code) => code.startsWith(prefix)) }))
    .filter((group) => group.codes.length > 0);
  const anchor = (title) =>
    title
      .toLowerCase()
      .replace(/[^a-z0-9 _-]/g, '')
      .replaceAll(' ', '-');
  const contents = groups.map(
    (group) =>
      `| [${group.title}](#${anchor(group.title)}) | ${group.codes[0]} to ${group.codes.at(-1)} | ${group.codes.length} |`,
  );
  const sections = groups.map((group) => {
    const entries = group.codes.map((code) => {
      const { severity, title, explanation } = catalogue[code];
      const shown = shownCase(cases, folders, code);
      const example = shown === undefined ? '' : `\n\nWhat it looks like:\n\n${fenced(shown)}`;
      return `### ${code}\n\n**${words[severity]}: ${escaped(title)}**\n\n${explanationAsMarkdown(explanation)}${example}\n`;
    });
    return `## ${group.title}\n\n${entries.join('\n')}`;
  });
  return `# Diagnostics

Written by \`npm run generate:docs\` from the catalogue of codes; do not edit. \`obs-gen explain CODE\` prints the same text.

An error is what cannot work: nothing is written while there is one. A warning is what is likely to be a mistake; \`--strict\` makes it an
error, and \`suppress\` in the spec accepts it, with a reason and an end. A note is something to know. A code never gets a second meaning.

| codes | from, to | how many |
|---|---|--:|
${contents.join('\n')}

${sections.join('\n')}`;
}
