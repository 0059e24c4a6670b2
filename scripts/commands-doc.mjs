/**
 * Writes docs/commands.md: every command with its options, as `--help` prints them, and the page that shows how it is used:
 * `npm run generate:docs`. test/docs/generated.test.ts fails where the file is stale, and where a command has no page.
 */

/** Columns of the help text. */
const width = 100;

/** The page of docs/ that shows how each command is used. */
export const pages = {
  init: 'infer.md#beginning-a-new-one',
  infer: 'infer.md',
  validate: 'validate.md',
  build: 'build.md',
  test: 'test.md',
  instrument: 'instrument.md',
  analyze: 'analyze.md',
  dashboards: 'preview.md#the-checklist',
  preview: 'preview.md',
  diff: 'diff.md',
  'live-check': 'live-check.md',
  plan: 'plan.md',
  stack: 'stack.md',
  doctor: 'doctor.md',
  gpu: 'gpu.md',
  trace: 'trace.md',
  expiring: 'lifecycle.md#what-ends-on-a-day',
  owners: 'lifecycle.md#whom-to-ask',
  unused: 'lifecycle.md#what-nobody-needs',
  migrate: 'lifecycle.md#a-new-version-of-the-language',
  openslo: 'openslo.md',
  lsp: 'editors.md',
  schema: 'editors.md',
  mcp: 'mcp.md',
  agents: 'mcp.md#agentsmd',
  presets: 'presets.md',
  explain: 'validate.md#what-a-finding-means',
  completion: 'lifecycle.md#completion',
};

/** The names of the commands that a help text lists. */
function commandsIn(help, prefix) {
  const section = /^Commands:\n((?: .*\n?)*)/m.exec(help)?.[1] ?? '';
  const names = [...section.matchAll(/^ {2}obs-gen ([a-z][a-z -]*[a-z])/gm)].map(([, name]) => name);
  return names.filter((name) => name.startsWith(prefix) && name !== prefix.trim());
}

/** The description that stands between the usage and the first group of options. */
function described(help) {
  const [, text = ''] = help.split('\n\n');
  return text.replaceAll('\n', ' ');
}

/**
 * Every command with what `--help` prints, subcommands too.
 * @param commandLine the parser of the product
 */
export async function helpTexts(commandLine) {
  const helpOf = (name) =>
    commandLine(name === '' ? [] : name.split(' '))
      .wrap(width)
      .getHelp();
  const texts = new Map();
  for (const name of commandsIn(await helpOf(''), '')) {
    const help = await helpOf(name);
    texts.set(name, help);
    for (const inner of commandsIn(help, `${name} `)) texts.set(inner, await helpOf(inner));
  }
  return texts;
}

const cell = (text) => text.replaceAll('|', String.raw`\|`);

/** Options that every command has say nothing of it. */
function withoutCommon(help) {
  return help
    .split('\n')
    .filter((line) => !/^ {2}--(?:version|help) /.test(line))
    .join('\n')
    .replace(/\nOptions:\n(?=\n|$)/, '')
    .trim();
}

/** The text of docs/commands.md. */
export async function commandsDoc({ commandLine }) {
  const texts = await helpTexts(commandLine);
  const names = [...texts.keys()].filter((name) => !name.includes(' '));
  const rows = names.map((name) => {
    const page = pages[name];
    return `| [\`${name}\`](#obs-gen-${name}) | ${cell(described(texts.get(name)))} | [${page.replace(/#.*/, '')}](${page}) |`;
  });
  const sections = names.map((name) => {
    const own = [...texts].filter(([each]) => each === name || each.startsWith(`${name} `));
    const blocks = own.map(([, help]) => `\`\`\`text\n${withoutCommon(help)}\n\`\`\``);
    return `## obs-gen ${name}\n\nHow it is used: [${pages[name].replace(/#.*/, '')}](${pages[name]})\n\n${blocks.join('\n\n')}\n`;
  });
  return `# All commands

Written by \`npm run generate:docs\` from the command line itself; do not edit.

| command | what it does | how it is used |
|---|---|---|
${rows.join('\n')}

## What they have in common

- \`--spec FILE\` (default \`./observability.yaml\`) says what is read, \`--out DIR\` (default \`generated\`) where output goes or has gone.
- \`--format pretty|json|github|sarif\` chooses how diagnostics are printed: \`pretty\` on standard error, the others on standard output. What a
  command reports goes to standard output and can be parsed; progress goes to standard error, and only on a terminal. \`NO_COLOR\` is honoured.
- \`--strict\` treats warnings as errors; \`--quiet\` prints nothing but diagnostics.
- \`--help\` and \`--version\` go with all of them.

| exit code | meaning |
|--:|---|
| 0 | fine |
| 1 | findings: errors in the spec, stale output, edited files, a check that failed |
| 2 | usage, or a file that cannot be read or written |
| 70 | a fault of obs-gen itself |

Where a diagnostic is an error, nothing is written.

${sections.join('\n')}`;
}
