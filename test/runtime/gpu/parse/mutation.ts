import fc from 'fast-check';

/** One change of a text, at a place that is a share of its length. */
export interface Mutation {
  readonly kind: (typeof kinds)[number];
  readonly at: number;
  readonly to: number;
  readonly token: string;
}

const kinds = [
  'cut',
  'byte',
  'cell',
  'before-number',
  'after-number',
  'insert',
  'drop-line',
  'double-line',
  'swap-lines',
  'drop-column',
  'swap-cells',
  'drop-range',
  'double-range',
] as const;

/** What stands in outputs where a figure should, and what may stand there by accident. */
const tokens = [
  ...[
    '[N/A]',
    'N/A',
    '[GPU is lost]',
    '[Unknown Error]',
    '[Not Supported]',
    '-',
    '',
    ' ',
    'nan',
    '1e9',
    '-1',
    '0x1F',
  ],
  ...[
    '777',
    '77.5',
    '123456789',
    '9223372036854775794',
    '2147483634',
    '4294967295',
    '140737488355330',
    '0',
    '65535',
  ],
  ...['42 %', '42 MiB', '42 W', '42 MHz', '42 C', '42 us', '42mW', '42 GiB', '4200 %', '42 MW'],
  ...[
    '"',
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '</gpu>',
    '<gpu>',
    '<used>',
    ',',
    ', ',
    '\n',
    '\r\n',
    '\0',
    '\u2028',
    '&lt;',
    '|',
    '@',
    '=',
    ':',
  ],
  ...['Unable to determine the device handle for GPU3: 0000:04:00.0: Unknown Error', 'No devices were found'],
] as const;

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    token: fc.constantFrom(...tokens),
  }),
  { minLength: 1, maxLength: 6 },
);

export function mutated(text: string, changes: readonly Mutation[]): string {
  return changes.reduce(changed, text);
}

function changed(text: string, { kind, at, to, token }: Mutation): string {
  const place = Math.floor(at * text.length);
  const other = Math.floor(to * text.length);
  const [from, end] = place < other ? [place, other] : [other, place];
  switch (kind) {
    case 'cut':
      return text.slice(0, place);
    case 'byte':
      return text.slice(0, place) + String.fromCharCode(32 + Math.floor(to * 95)) + text.slice(place + 1);
    case 'insert':
      return text.slice(0, place) + token + text.slice(place);
    case 'drop-range':
      return text.slice(0, from) + text.slice(end);
    case 'double-range':
      return text.slice(0, end) + text.slice(from, end) + text.slice(end);
    case 'cell':
      return withCells(text, (cells) => cells.with(placeIn(cells, at), token));
    case 'before-number':
      return withNumber(text, at, (cell) => token + cell);
    case 'after-number':
      return withNumber(text, at, (cell) => cell + token);
    case 'swap-cells':
      return withCells(text, (cells) => {
        const [first, second] = [placeIn(cells, at), placeIn(cells, to)];
        return cells.with(first, cells[second] ?? '').with(second, cells[first] ?? '');
      });
    case 'drop-column':
      return text
        .split('\n')
        .map((line) => {
          const cells = line.split(',');
          return cells.toSpliced(Math.floor(at * cells.length), 1).join(',');
        })
        .join('\n');
    case 'drop-line':
      return withLines(text, (lines) => lines.toSpliced(Math.floor(at * lines.length), 1));
    case 'double-line':
      return withLines(text, (lines) => {
        const line = Math.floor(at * lines.length);
        return lines.toSpliced(Math.floor(to * lines.length), 0, lines[line] ?? '');
      });
    case 'swap-lines':
      return withLines(text, (lines) => {
        const [first, second] = [placeIn(lines, at), placeIn(lines, to)];
        return lines.with(first, lines[second] ?? '').with(second, lines[first] ?? '');
      });
  }
}

function placeIn(parts: readonly string[], share: number): number {
  return Math.min(parts.length - 1, Math.floor(share * parts.length));
}

function withLines(text: string, change: (lines: readonly string[]) => readonly string[]): string {
  return change(text.split('\n')).join('\n');
}

/** Cells are what stands between the marks that any of the formats has. */
function withCells(text: string, change: (cells: readonly string[]) => readonly string[]): string {
  const parts = text.split(/(, |[<>",:|\n]+)/);
  const cells = change(parts.filter((_, index) => index % 2 === 0));
  return parts.map((part, index) => (index % 2 === 0 ? (cells[index / 2] ?? '') : part)).join('');
}

/** Changes one of the cells that have a digit. */
function withNumber(text: string, share: number, change: (cell: string) => string): string {
  return withCells(text, (cells) => {
    const numbers = [...cells.keys()].filter((index) => /\d/.test(cells[index] ?? ''));
    const chosen = numbers[Math.floor(share * numbers.length)];
    return chosen === undefined ? cells : cells.with(chosen, change(cells[chosen] ?? ''));
  });
}
