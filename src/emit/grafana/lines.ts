import { columns } from './room.js';

/** The room that a panel asks for, in columns and rows of the grid. */
export interface Size {
  /** Columns below which it cannot be read. */
  readonly least: number;
  /** Columns with which it looks best. */
  readonly wanted: number;
  readonly height: number;
}

/** Panels side by side: how many of them, how wide each is, and how high all of them are. */
export interface Line {
  readonly widths: readonly number[];
  readonly height: number;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Widths that add up to the whole line: panels that want the same grow together, those first that lack most of what they want. */
function widthsOf(sizes: readonly Size[]): readonly number[] {
  const widths = sizes.map(({ least }) => Math.min(columns, least));
  for (let left = columns - sum(widths); left > 0; left = columns - sum(widths)) {
    const groups = new Map<string, number[]>();
    sizes.forEach(({ wanted }, index) => {
      const key = `${wanted}/${widths[index] ?? 0}`;
      groups.set(key, [...(groups.get(key) ?? []), index]);
    });
    const share = ([first = 0]: readonly number[]): number =>
      (widths[first] ?? 0) / (sizes[first]?.wanted ?? 1);
    const [next, ...others] = [...groups.values()].sort((a, b) => share(a) - share(b));
    const grown = [next ?? [], ...others].find((group) => group.length <= left) ?? next?.slice(0, left) ?? [];
    for (const index of grown) widths[index] = (widths[index] ?? 0) + 1;
  }
  return widths;
}

/** What a row of height costs, compared with a column too few or too many, squared. */
const heightCost = 40;
/** The same for a panel that is stretched beside a higher one. */
const stretchCost = 4;

function costOf(sizes: readonly Size[], { widths, height }: Line): number {
  const stray = sizes.map(
    (size, index) => ((widths[index] ?? 0) - size.wanted) ** 2 + stretchCost * (height - size.height) ** 2,
  );
  return heightCost * height + sum(stray);
}

interface Broken {
  readonly cost: number;
  readonly lines: readonly Line[];
}

/** Breaks panels into lines, in their order: low ones, in which every panel is about as wide as it wants to be. */
export function brokenIntoLines(sizes: readonly Size[]): readonly Line[] {
  const best: Broken[] = [{ cost: 0, lines: [] }];
  for (let end = 1; end <= sizes.length; end += 1) {
    let found: Broken | undefined;
    for (let start = end - 1; start >= 0; start -= 1) {
      const beside = sizes.slice(start, end);
      if (beside.length > 1 && sum(beside.map(({ least }) => least)) > columns) break;
      const line = { widths: widthsOf(beside), height: Math.max(...beside.map(({ height }) => height)) };
      const before = best[start] ?? { cost: 0, lines: [] };
      const cost = before.cost + costOf(beside, line);
      if (found === undefined || cost < found.cost) found = { cost, lines: [...before.lines, line] };
    }
    best.push(found ?? { cost: 0, lines: [] });
  }
  return best.at(-1)?.lines ?? [];
}
