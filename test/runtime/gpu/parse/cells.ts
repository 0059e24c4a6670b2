/** A cell that is, as a whole, a number with or without a unit, or words without a digit: nothing else says anything. */
const whole = /^\s*(?:-?\d+(?:\.\d+)?\s*[A-Za-z%°]{0,4}|[^\d]*)\s*$/;

function wholeCells(cells: readonly string[]): string {
  return cells.filter((cell) => whole.test(cell)).join('\n');
}

/** Lines of CSV with as many cells as were asked for, or as a line has that looks like the header; each without what is no cell. */
export function rowsOfCsv(header: RegExp, asked?: number): (text: string) => readonly string[] {
  return (text) => {
    const lines = text.split(/\r?\n/).map((line) => line.split(','));
    const lengths = lines.filter((cells) => header.test(cells.join(','))).map((cells) => cells.length);
    return lines.filter(({ length }) => length === asked || lengths.includes(length)).map(wholeCells);
  };
}

/** Devices of a log: what stands between a tag and the one that closes it. */
export function gpusOfXml(text: string): readonly string[] {
  return text
    .split(/(?=<gpu[\s>])/)
    .map((gpu) =>
      wholeCells(
        [...gpu.matchAll(/<([\w.-]+)[^<>]*>([^<]*)<\/\s*\1\s*>/g)].map(([, , content = '']) => content),
      ),
    );
}

/** What stands in an array or object of JSON, and in those within: figures as they would be printed, 10 W for {"value":10,"unit":"W"}. */
export function membersOfJson(text: string): readonly string[] {
  const from = /^\s*[[{]/m.exec(text)?.index ?? 0;
  try {
    const json = JSON.parse(text.slice(from)) as object;
    const inner = valuesOf(json).flatMap((value) => [value, ...valuesOf(value)]);
    return [json, ...inner].map((value) => wholeCells(leavesOf(value)));
  } catch {
    return [];
  }
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [];
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return [value.replace(/^\((.*)\)$/, '$1')];
  const { value: amount, unit } = (value ?? {}) as { readonly value?: unknown; readonly unit?: unknown };
  const isFigure = typeof unit === 'string' && (typeof amount === 'string' || typeof amount === 'number');
  return isFigure ? [`${amount} ${unit}`] : valuesOf(value).flatMap(leavesOf);
}
