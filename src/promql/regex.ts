/** Why RE2 refuses a regular expression, and where in the pattern. */
export interface RegexFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Groups that other engines know and RE2 does not, by what follows the parenthesis. */
const foreignGroups: readonly (readonly [start: string, name: string])[] = [
  ['?=', 'lookahead'],
  ['?!', 'negative lookahead'],
  ['?<=', 'lookbehind'],
  ['?<!', 'negative lookbehind'],
  ['?>', 'atomic group'],
  ['?#', 'comment'],
  ['?|', 'branch reset'],
  ['?(', 'conditional'],
];

const groupStart = /\((?:\?(?:P?<[A-Za-z0-9_]+>|[imsU]*(?:-[imsU]+)?[:)]))?/y;
const repeat = /\{(\d+)(?:(,)(\d*))?\}/y;
/** `[:name:]`; as in Go, anything up to the next `:]` is taken for the name. */
const classEscape = /\[:\^?([^]*?):\]/y;
const classes = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
);
/** https://github.com/google/re2/wiki/Syntax: what may follow a backslash, punctuation aside. */
const knownEscapes = 'AbBzaftnrvdDsSwWpPxQEC';

/** Largest count that RE2 takes in x{n,m}. */
const maxRepeat = 1000;

/** A reader of one pattern; `at` moves from left to right. */
interface Reader {
  readonly pattern: string;
  at: number;
  /** Whether something stands before `at` that may be repeated. */
  repeatable: boolean;
  /** Whether it has been repeated already. */
  repeated: boolean;
  readonly open: number[];
}

function fault(from: number, to: number, message: string, help?: string): RegexFault {
  return { from, to, message, help };
}

function match(expression: RegExp, reader: Reader): RegExpExecArray | null {
  expression.lastIndex = reader.at;
  return expression.exec(reader.pattern);
}

function atom(reader: Reader, length: number): void {
  reader.at += length;
  reader.repeatable = true;
  reader.repeated = false;
}

function readEscape(reader: Reader, inClass: boolean): RegexFault | undefined {
  const { pattern, at } = reader;
  const letter = pattern[at + 1];
  if (letter === undefined) return fault(at, at + 1, 'the pattern ends in a backslash');
  if (/[1-9]/.test(letter) || letter === 'k') {
    return fault(
      at,
      at + 2,
      `backreferences such as \\${letter} do not exist in RE2`,
      'spell out the alternatives',
    );
  }
  if (/[a-zA-Z]/.test(letter) && (!knownEscapes.includes(letter) || (inClass && 'AbBzQE'.includes(letter)))) {
    return fault(at, at + 2, `\\${letter} does not exist in RE2`);
  }
  if (letter === 'p' || letter === 'P') {
    const name = /\\[pP](?:\{\^?[A-Za-z_]+\}|[A-Za-z])/y;
    const found = match(name, reader);
    if (found === null) return fault(at, at + 2, `\\${letter} needs the name of a class: \\${letter}{Greek}`);
    atom(reader, found[0].length);
    return undefined;
  }
  if (letter === 'x') {
    const found = match(/\\x(?:\{[0-9a-fA-F]+\}|[0-9a-fA-F]{2})/y, reader);
    if (found === null) return fault(at, at + 2, '\\x needs two hexadecimal digits');
    atom(reader, found[0].length);
    return undefined;
  }
  if (letter === 'Q') {
    const end = pattern.indexOf('\\E', at + 2);
    atom(reader, (end === -1 ? pattern.length : end + 2) - at);
    return undefined;
  }
  atom(reader, (pattern.codePointAt(at + 1) ?? 0) > 0xffff ? 3 : 2);
  return undefined;
}

/** The first code of a member of a class, where it is a plain character. */
function memberAt(reader: Reader): RegexFault | number | undefined {
  const named = match(classEscape, reader);
  if (named !== null) {
    const { at } = reader;
    reader.at += named[0].length;
    return classes.has(named[1] ?? '')
      ? undefined
      : fault(at, reader.at, `the class ${named[0]} does not exist`);
  }
  if (reader.pattern[reader.at] === '\\') {
    const letter = reader.pattern[reader.at + 1] ?? '';
    const refused = readEscape(reader, true);
    return refused ?? (/[a-zA-Z0-9]/.test(letter) ? undefined : letter.charCodeAt(0));
  }
  const code = reader.pattern.codePointAt(reader.at) ?? 0;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

function readClass(reader: Reader): RegexFault | undefined {
  const from = reader.at;
  reader.at += reader.pattern[from + 1] === '^' ? 2 : 1;
  for (let first = true; reader.at < reader.pattern.length; first = false) {
    if (reader.pattern[reader.at] === ']' && !first) {
      atom(reader, 1);
      return undefined;
    }
    const start = reader.at;
    const low = memberAt(reader);
    if (typeof low === 'object') return low;
    const isRange =
      reader.pattern[reader.at] === '-' && ![']', undefined].includes(reader.pattern[reader.at + 1]);
    if (!isRange) continue;
    reader.at += 1;
    const high = memberAt(reader);
    if (typeof high === 'object') return high;
    if (low === undefined || high === undefined || high < low) {
      return fault(start, reader.at, `${reader.pattern.slice(start, reader.at)} is no range of characters`);
    }
  }
  return fault(from, from + 1, 'this `[` is never closed', 'write \\\\[ for the character itself');
}

function readGroup(reader: Reader): RegexFault | undefined {
  const { pattern, at } = reader;
  for (const [start, name] of foreignGroups) {
    if (pattern.startsWith(start, at + 1)) {
      return fault(
        at,
        at + 1 + start.length,
        `RE2 has no ${name}`,
        name.startsWith('negative')
          ? 'Prometheus matches the whole value: put what to leave out into a second matcher with !~'
          : 'Prometheus matches the whole value: spell out what may stand there',
      );
    }
  }
  const found = match(groupStart, reader)?.[0] ?? '(';
  if (found === '(' && pattern[at + 1] === '?') {
    return fault(at, at + 2, `\`(${pattern.slice(at + 1, at + 3)}\` begins no group of RE2`);
  }
  reader.at += found.length;
  // `(?i)` sets a flag and opens nothing.
  if (!found.endsWith(')')) reader.open.push(at);
  reader.repeatable = false;
  reader.repeated = false;
  return undefined;
}

function readRepeat(reader: Reader, length: number): RegexFault | undefined {
  const { pattern, at } = reader;
  const text = pattern.slice(at, at + length);
  if (!reader.repeatable) return fault(at, at + length, `\`${text}\` repeats nothing`);
  if (reader.repeated) {
    return fault(
      at,
      at + length,
      `\`${text}\` repeats a repetition`,
      'RE2 has no possessive repetition: remove one of them',
    );
  }
  reader.at += length;
  if (pattern[reader.at] === '?') reader.at += 1;
  reader.repeated = true;
  return undefined;
}

function readCounted(reader: Reader): RegexFault | undefined {
  const found = match(repeat, reader);
  if (found === null) {
    atom(reader, 1);
    return undefined;
  }
  const [text, low, comma, high] = found;
  const [least, most] = [Number(low), comma === undefined || high === '' ? Number(low) : Number(high)];
  if (least > maxRepeat || most > maxRepeat || most < least) {
    return fault(
      reader.at,
      reader.at + text.length,
      `${text} is no valid count`,
      `RE2 repeats at most ${maxRepeat} times`,
    );
  }
  return readRepeat(reader, text.length);
}

function step(reader: Reader): RegexFault | undefined {
  const character = reader.pattern[reader.at] ?? '';
  switch (character) {
    case '\\':
      return readEscape(reader, false);
    case '[':
      return readClass(reader);
    case '(':
      return readGroup(reader);
    case ')':
      if (reader.open.pop() === undefined)
        return fault(
          reader.at,
          reader.at + 1,
          'this `)` closes nothing',
          'write \\\\) for the character itself',
        );
      {
        atom(reader, 1);
        return undefined;
      }
    case '|':
      reader.at += 1;
      reader.repeatable = false;
      reader.repeated = false;
      return undefined;
    case '*':
    case '+':
    case '?':
      return readRepeat(reader, 1);
    case '{':
      return readCounted(reader);
    default: {
      atom(reader, (reader.pattern.codePointAt(reader.at) ?? 0) > 0xffff ? 2 : 1);
      return undefined;
    }
  }
}

/**
 * The first reason why RE2, the engine of Prometheus, would refuse a pattern. Grafana's variables (`$agent`, `${agent:regex}`) are read
 * as plain text, which is what they become.
 */
export function regexFault(pattern: string): RegexFault | undefined {
  const reader: Reader = { pattern, at: 0, repeatable: false, repeated: false, open: [] };
  const variable = /\$\{[a-zA-Z_]\w*(?::[a-z]+)?\}|\$[a-zA-Z_]\w*/y;
  while (reader.at < pattern.length) {
    const found = match(variable, reader);
    if (found !== null) {
      atom(reader, found[0].length);
      continue;
    }
    const refused = step(reader);
    if (refused !== undefined) return refused;
  }
  const unclosed = reader.open.at(-1);
  return unclosed === undefined
    ? undefined
    : fault(unclosed, unclosed + 1, 'this `(` is never closed', 'write \\\\( for the character itself');
}
