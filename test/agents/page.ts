import { register } from 'prom-client';

/** The samples of the metrics page, by name and labels as they stand there. */
export async function samples(): Promise<ReadonlyMap<string, number>> {
  const lines = (await register.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** What of some metrics has changed between two looks at the page; rows that have not are left out. */
export async function changes(
  work: () => unknown,
  names: RegExp = /^(agent_|gen_ai_|mcp_)/,
): Promise<Readonly<Record<string, number>>> {
  const before = await samples();
  await work();
  const after = await samples();
  const rows = [...after].flatMap(([name, value]): [string, number][] => {
    const change = value - (before.get(name) ?? 0);
    const isWanted = names.test(name) && !/_(bucket|sum)([{ ]|$)/.test(name) && change !== 0;
    return isWanted ? [[name, Number(change.toPrecision(12))]] : [];
  });
  return Object.fromEntries(rows.sort(([left], [right]) => (left < right ? -1 : 1)));
}
