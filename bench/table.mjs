const columns = [
  ['benchmark', (row) => row.bench],
  ['what', (row) => row.name],
  ['ours', (row) => `${row.ours} ${row.unit}`],
  ['lowest to highest', (row) => row.spread.join(' to ')],
  ['floor', (row) => (row.floor === undefined ? '' : String(row.floor))],
  [
    'peers',
    (row) =>
      Object.entries(row.peers)
        .map(([peer, value]) => `${peer} ${value} (${row.ratios[peer]}x)`)
        .join(', '),
  ],
  ['goal', (row) => (row.goal === undefined ? '' : `${row.goal} ${row.ok ? 'met' : 'MISSED'}`)],
];

/** The result as a table for people: medians, and how far the rounds lay apart. */
export function printTable({ machine, node, rows }) {
  const shown = columns.filter(([, cell]) => rows.some((row) => cell(row) !== ''));
  const lines = [shown.map(([title]) => title), ...rows.map((row) => shown.map(([, cell]) => cell(row)))];
  const widths = shown.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const print = (line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  const [head, ...body] = lines.map(print);
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${machine}, Node ${node}\n\n${[head, rule, ...body].join('\n')}\n`;
}
