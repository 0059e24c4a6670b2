/** The result as a table for people, in Markdown: medians, and how far the rounds lay apart. */
export function printTable({ machine, node, rows }) {
  const columns = columnsFor(rows).filter(([, cell]) => rows.some((row) => cell(row) !== ''));
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const print = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...body] = lines.map(print);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const legend = rows.some(({ floor, peers }) => floor !== undefined || Object.keys(peers).length > 0)
    ? '\nIn brackets: how many times the floor ours is, and how many times ours a peer is.\n'
    : '';
  return `${machine}, Node ${node}\n\n${[head, rule, ...body].join('\n')}\n${legend}`;
}

function columnsFor(rows) {
  const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
  const isOneBenchmark = rows.every(({ bench }) => bench === rows[0].bench);
  return [
    ['benchmark', ({ bench }) => (isOneBenchmark ? '' : bench)],
    ['what', ({ name }) => name],
    ['ours', ({ ours, unit }) => `${ours} ${unit}`],
    [
      'lowest to highest',
      ({ spread: [lowest, highest] }) => (lowest === highest ? '' : `${lowest} to ${highest}`),
    ],
    ['floor', ({ floor, times }) => (floor === undefined ? '' : `${floor} (${shown(times.floor)})`)],
    ...peers.map((peer) => [
      peer,
      ({ peers: { [peer]: value }, times }) =>
        value === undefined ? '' : `${value} (${shown(times[peer])})`,
    ]),
    ['goal', (row) => goalsOf(row).join(', ')],
  ];
}

function goalsOf({ goal, ok, comparisons }) {
  const verdict = (met) => (met ? 'met' : '**missed**');
  return [
    ...(goal === undefined ? [] : [`${goal}: ${verdict(ok)}`]),
    ...comparisons.map((each) => `${each.against} ${each.goal}x: ${verdict(each.ok)}`),
  ];
}

function shown(ratio) {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}x`;
}
