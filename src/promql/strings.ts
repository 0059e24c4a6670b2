const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Everything that is no letter, mark, digit, sign or plain space: controls, formats, unassigned, line separators. */
const unprintable = /[\\"\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A PromQL string in double quotes: the only way in which text reaches a query. Characters that cannot be seen are escaped; half a
 * surrogate pair, which is no character, becomes U+FFFD.
 */
export function quoteString(value: string): string {
  const escaped = value.replace(unprintable, (character) => {
    const short = shortEscapes.get(character);
    if (short !== undefined) return short;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

export interface Unquoted {
  readonly value: string;
  /** For each UTF-16 unit of `value`, and its end, the offset in the literal. */
  readonly offsets: readonly number[];
  readonly fault?: { readonly from: number; readonly to: number; readonly message: string } | undefined;
}

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** How many digits of which base follow `\x`, `\u`, `\U` and `\0`. */
function digitsOf(letter: string): { readonly count: number; readonly base: number } | undefined {
  if (letter === 'x') return { count: 2, base: 16 };
  if (letter === 'u') return { count: 4, base: 16 };
  if (letter === 'U') return { count: 8, base: 16 };
  if (letter >= '0' && letter <= '7') return { count: 3, base: 8 };
  return undefined;
}

function escapeAt(literal: string, at: number, quote: string): { text: string; length: number } | string {
  const letter = literal[at + 1] ?? '';
  if (letter === quote) return { text: quote, length: 2 };
  const text = Object.hasOwn(simple, letter) ? simple[letter] : undefined;
  if (text !== undefined) return { text, length: 2 };
  const form = digitsOf(letter);
  if (form === undefined) return `\`\\${letter}\` is no escape sequence`;
  const start = form.base === 8 ? at + 1 : at + 2;
  const digits = literal.slice(start, start + form.count);
  const pattern = form.base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/;
  const code = digits.length === form.count && pattern.test(digits) ? parseInt(digits, form.base) : NaN;
  if (Number.isNaN(code)) return `\`\\${letter}\` needs ${form.count} digits`;
  const limit = letter === 'u' || letter === 'U' ? 0x10ffff : 0xff;
  if (code > limit || (code >= 0xd800 && code <= 0xdfff))
    return `\`\\${letter}${digits}\` names no character`;
  return { text: String.fromCodePoint(code), length: start + form.count - at };
}

/**
 * The value of a PromQL string literal, quotes included, with the place of each of its characters. Escapes are those of Go; between
 * back-quotes nothing is an escape. `\x80` and above stand for U+0080 and above, not for bytes: label values are valid UTF-8.
 */
export function unquoteString(literal: string): Unquoted {
  const quote = literal[0] ?? '"';
  const end = literal.length > 1 && literal.endsWith(quote) ? literal.length - 1 : literal.length;
  const offsets: number[] = [];
  let value = '';
  let at = 1;
  while (at < end) {
    if (quote === '`' || literal[at] !== '\\') {
      value += literal[at] ?? '';
      offsets.push(at);
      at += 1;
      continue;
    }
    const found = escapeAt(literal, at, quote);
    if (typeof found === 'string')
      return { value, offsets, fault: { from: at, to: Math.min(at + 2, end), message: found } };
    for (let unit = 0; unit < found.text.length; unit += 1) offsets.push(at);
    value += found.text;
    at += found.length;
  }
  offsets.push(end);
  return { value, offsets };
}
