/** docs/codemod.md: what became of each codebase. */
export function page(results) {
  const total = (each) => results.reduce((sum, result) => sum + each(result), 0);
  return `# Every function of public agent codebases, instrumented

Printed by \`node scripts/codemod-corpora.mjs\`; nothing here is written by hand. One rule matches every function of every kind, accessors
and constructors too, outside of tests. Types and tests are held against what they were before; while the tests run, spans go to the real
SDK and are counted; afterwards everything is taken out again and the bytes are compared.

${table(
  ['codebase', 'package', 'revision', 'files', 'functions', 'instrumented', 'skipped', 'seconds'],
  results.map((result) => [
    result.repository,
    `\`${result.folder}\``,
    `\`${result.revision.slice(0, 12)}\``,
    result.files,
    result.functions,
    sum(Object.values(result.forms)),
    sum(Object.values(result.skips).map(({ count }) => count)),
    result.seconds.toFixed(1),
  ]),
)}

${table(
  [
    'codebase',
    'type errors before',
    'new ones',
    'tests passed',
    'failed as before',
    'changed',
    'only while spans are recorded',
    'come and go',
    'files not restored',
    'changed by a second run',
    'spans seen',
  ],
  results.map((result) => [
    result.repository,
    result.errorsBefore,
    result.newErrors.length,
    result.tests?.passed ?? '-',
    // Also those that fail as soon as a provider of spans is there, whoever's it is.
    result.tests === undefined
      ? '-'
      : result.tests.failed - result.changed.length - result.whileRecorded.length,
    result.changed.length,
    result.whileRecorded.length,
    result.flaky.length,
    result.lost.length,
    result.again.length,
    result.spans,
  ]),
)}

Together: ${total(({ functions }) => functions)} functions, ${total(({ forms }) => sum(Object.values(forms)))} instrumented.

## By form

${byName(results, ({ forms }) => Object.entries(forms))}

## Skipped, and why

${byName(results, ({ skips }) => Object.entries(skips).map(([code, { count }]) => [code, count]))}

${examples(results)}
`;
}

function byName(results, entriesOf) {
  const names = [...new Set(results.flatMap((result) => entriesOf(result).map(([name]) => name)))].sort();
  return table(
    ['', ...results.map(({ name }) => name)],
    names.map((name) => [name, ...results.map((result) => Object.fromEntries(entriesOf(result))[name] ?? 0)]),
  );
}

function examples(results) {
  const seen = new Map();
  for (const { name, skips } of results)
    for (const [code, { example }] of Object.entries(skips))
      if (!seen.has(code)) seen.set(code, `${name}, ${example}`);
  return [...seen]
    .sort()
    .map(([code, example]) => `- ${code}: ${example}`)
    .join('\n');
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function sum(numbers) {
  return numbers.reduce((all, each) => all + each, 0);
}
