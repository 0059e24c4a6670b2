import { nearest } from '../diagnostics/did-you-mean.js';
import type { Position } from './ast.js';
import type { Fault } from './fault.js';
import { aggregations, functions, removedFunctions } from './functions.js';

/** Variables that stand for a duration: ours in an SLI's query, Grafana's in a panel's. */
export const durationVariables = ['$window', '$__rate_interval', '$__interval', '$__range'] as const;
/** Grafana's variables that stand for a number. */
const numberVariables = ['$__range_s', '$__range_ms', '$__interval_ms'];
const variableNames: readonly string[] = [...durationVariables, ...numberVariables];

/** Words that may stand before a parenthesis without being a function. */
const clauses = new Set(
  (
    'by without on ignoring group_left group_right bool and or unless atan2 offset start end ' +
    'fill fill_left fill_right min_of max_of step range'
  ).split(' '),
);

/**
 * A query made ready for the grammar: variables and what is known to be wrong are overwritten by something of the same length that
 * parses, so that offsets stay true and further faults can be found behind the first.
 */
export interface Scan {
  /** Undefined where nothing sensible is left to parse. */
  readonly masked: string | undefined;
  readonly faults: readonly Fault[];
  /** Variables by the offset at which they begin. */
  readonly variables: ReadonlyMap<number, { readonly name: string; readonly to: number }>;
  /** Parentheses behind names that are no functions, by the offset at which they open. */
  readonly unknownCalls: ReadonlyMap<number, Position>;
}

interface Bracket {
  readonly character: string;
  readonly at: number;
  /** The name before a parenthesis that is no function. */
  readonly unknown: boolean;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const quotes = '"\'`';
const typographic = /[\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB]/;
const wordStart = /[a-zA-Z_:]/;
const word = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const variable = /\$(?:\{([a-zA-Z_][a-zA-Z0-9_]*)(?::[a-z]+)?\}|([a-zA-Z_][a-zA-Z0-9_]*))/y;
const digits = /(?:0x[0-9a-fA-F]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:[a-z0-9]*))/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function unknownFunction(name: string, at: Position): Fault {
  const successor = removedFunctions.get(name);
  const near = successor ?? nearest(name, [...functions.keys(), ...aggregations.keys()]);
  const help =
    successor === undefined
      ? near === undefined
        ? 'https://prometheus.io/docs/prometheus/latest/querying/functions/ lists them all'
        : `did you mean \`${near}\`?`
      : `Prometheus 3 has no \`${name}\` any more: use \`${successor}\``;
  return { code: 'OBS3102', at, message: `unknown function \`${name}\``, help, replacement: near };
}

class Scanner {
  readonly text: string;
  readonly faults: Fault[] = [];
  readonly variables = new Map<number, { name: string; to: number }>();
  readonly unknownCalls = new Map<number, Position>();
  readonly open: Bracket[] = [];
  masked: string[];
  at = 0;
  hopeless = false;

  constructor(text: string) {
    this.text = text;
    this.masked = text.split('');
  }

  overwrite(from: number, replacement: string): void {
    for (let index = 0; index < replacement.length; index += 1)
      this.masked[from + index] = replacement[index] ?? ' ';
  }

  blank(from: number, to: number): void {
    this.overwrite(from, ' '.repeat(to - from));
  }

  fault(from: number, to: number, message: string, help?: string, replacement?: string): void {
    this.faults.push({ code: 'OBS3101', at: { from, to }, message, help, replacement });
  }

  /** A string in quotes, up to the end of the line where it is never closed. */
  string(): void {
    const from = this.at;
    const quote = this.text[from] ?? '"';
    let at = from + 1;
    while (at < this.text.length && this.text[at] !== quote) {
      if (quote !== '`' && this.text[at] === '\n') break;
      at += quote !== '`' && this.text[at] === '\\' ? 2 : 1;
    }
    if (this.text[at] === quote && at < this.text.length) {
      this.at = at + 1;
      return;
    }
    this.fault(from, from + 1, 'this string is never closed', `close it with ${quote}`);
    // The rest of the query is inside the string: what the author meant to stand there cannot be told.
    this.hopeless = true;
    this.at = this.text.length;
  }

  /** Typographic quotes, which word processors and chats put in the place of plain ones. */
  typographicQuotes(): void {
    const from = this.at;
    const rest =
      /[\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB][^\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB\n"]*[\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB]/y;
    const found = matchAt(rest, this.text, from)?.[0];
    const end = from + (found?.length ?? 1);
    const content = found?.slice(1, -1) ?? '';
    this.fault(
      from,
      end,
      `typographic quotes ${this.text[from] ?? ''} ${this.text[end - 1] ?? ''} do not make a string`,
      'use plain quotes: "',
      found === undefined ? undefined : `"${content}"`,
    );
    if (found === undefined) this.blank(from, end);
    else this.overwrite(from, `"${content.replace(/\\/g, '/')}"`);
    this.at = end;
  }

  variable(): void {
    const from = this.at;
    const found = matchAt(variable, this.text, from);
    if (found === null) {
      this.fault(from, from + 1, 'unexpected `$`', 'a variable has a name: $__rate_interval');
      this.blank(from, from + 1);
      this.at = from + 1;
      return;
    }
    const to = from + found[0].length;
    const name = `$${found[1] ?? found[2] ?? ''}`;
    if (variableNames.includes(name)) {
      this.variables.set(from, { name, to });
    } else {
      const near = nearest(name, variableNames);
      this.faults.push({
        code: 'OBS3106',
        at: { from, to },
        message: `the variable \`${name}\` means nothing outside a string`,
        help:
          near === undefined
            ? `these stand for a duration: ${durationVariables.join(', ')}; a dashboard's variable stands in a string: {agent=~"$agent"}`
            : `did you mean \`${near}\`?`,
        replacement: near,
      });
    }
    const inBrackets = this.open.at(-1)?.character === '[';
    const numeric = numberVariables.includes(name);
    if (inBrackets || durationVariables.some((each) => each === name))
      this.overwrite(from, `${'1'.padStart(found[0].length - 1, '0')}s`);
    else this.overwrite(from, numeric ? '1'.repeat(found[0].length) : '_'.repeat(found[0].length));
    this.at = to;
  }

  word(): void {
    const from = this.at;
    const name = matchAt(word, this.text, from)?.[0] ?? '';
    this.at = from + name.length;
    const before = this.open.at(-1)?.character;
    if (before === '{') this.matcher(from, name);
    if (before === '{' || before === '[') return;
    if (this.isClause(from, name) && this.bareLabels(from, name)) return;
    this.unknownAggregation(from, name);
    const next = /\s*\(/y;
    const paren = matchAt(next, this.text, this.at);
    if (paren === null || clauses.has(name.toLowerCase())) return;
    if (functions.has(name) || aggregations.has(name.toLowerCase())) return;
    const previous = this.text.slice(0, from).trimEnd();
    // `sum x (…)`: the word is a mistake of another kind where an operand stands right before it.
    if (/[\w)\]}"'`]$/.test(previous) && !/\b(?:and|or|unless|atan2|bool)$/i.test(previous)) return;
    this.faults.push(unknownFunction(name, { from, to: this.at }));
    this.blank(from, this.at);
    const at = this.at + paren[0].length - 1;
    this.open.push({ character: '(', at, unknown: true });
    this.at = at + 1;
  }

  /** `maxx by (…) (…)`: read as `max`, so that the clause and what is aggregated are read too. */
  unknownAggregation(from: number, name: string): void {
    if (aggregations.has(name.toLowerCase()) || !/^\s+(?:by|without)\s*\(/.test(this.text.slice(this.at)))
      return;
    const near = nearest(name, aggregations.keys());
    const help =
      near === undefined
        ? `aggregations are ${[...aggregations.keys()].join(', ')}`
        : `did you mean \`${near}\`?`;
    const at = { from, to: this.at };
    if (name.length < 3) return;
    this.faults.push({
      code: 'OBS3102',
      at,
      message: `unknown aggregation \`${name}\``,
      help,
      replacement: near,
    });
    this.blank(from, this.at);
    this.overwrite(from, 'sum');
  }

  /** Whether `by` or `without` groups an aggregation; elsewhere they are names of metrics like any other. */
  isClause(from: number, name: string): boolean {
    if (!/^(?:by|without)$/i.test(name)) return false;
    const before = this.text.slice(0, from).trimEnd();
    return before.endsWith(')') || aggregations.has(/[a-z_]+$/i.exec(before)?.[0].toLowerCase() ?? '');
  }

  /** `sum by agent (…)`: labels to group by that stand without their parentheses. */
  bareLabels(from: number, clause: string): boolean {
    const found = matchAt(/\s+([a-zA-Z_]\w*(?:\s*,\s*[a-zA-Z_]\w*)*)\s*(?=\(|$)/y, this.text, this.at);
    const labels = found?.[1];
    if (found === null || labels === undefined) return false;
    const at = this.at + found[0].indexOf(labels);
    const to = at + labels.length;
    const message = `\`${clause}\` needs its labels in parentheses`;
    this.fault(at, to, message, `write ${clause} (${labels})`, `(${labels})`);
    this.blank(from, to);
    this.at = to;
    return true;
  }

  /** What follows a label's name in braces; a value without quotes is the most frequent slip of all. */
  matcher(from: number, label: string): void {
    const found = matchAt(/\s*(==|=~|!~|!=|=)\s*/y, this.text, this.at);
    if (found === null) return;
    const op = found[1] ?? '=';
    const opAt = this.at + found[0].indexOf(op);
    this.at += found[0].length;
    if (op === '==') {
      this.fault(
        opAt,
        opAt + 2,
        'a matcher is written with one `=`',
        'the operators of matchers are = != =~ !~',
        '=',
      );
      this.blank(opAt + 1, opAt + 2);
    }
    const next = this.text[this.at];
    if (next === undefined || '"\'`,}'.includes(next) || typographic.test(next)) return;
    const value = (matchAt(/[^,}\n"'`]*/y, this.text, this.at)?.[0] ?? '').trimEnd();
    const to = this.at + value.length;
    const message = `the value of the label \`${label}\` is not quoted`;
    this.fault(this.at, to, message, `write "${value}"`, `"${value}"`);
    const comma = matchAt(/\s*,/y, this.text, to)?.[0].length ?? 0;
    this.blank(from, to + comma);
    this.at = to + comma;
  }

  close(character: string): void {
    const at = this.at;
    const last = this.open.pop();
    this.at = at + 1;
    if (last === undefined) {
      this.fault(at, at + 1, `\`${character}\` closes nothing`, 'remove it, or open a bracket before it', '');
      this.blank(at, at + 1);
      return;
    }
    if (last.unknown) this.unknownCalls.set(last.at, { from: last.at, to: at + 1 });
    const expected = closers[last.character] ?? ')';
    if (expected === character) return;
    const line = this.text.slice(last.at, last.at + 1);
    this.fault(
      at,
      at + 1,
      `\`${character}\` stands where \`${expected}\` is expected`,
      `the \`${line}\` at character ${last.at + 1} is still open`,
    );
    this.hopeless = true;
  }

  run(): void {
    while (this.at < this.text.length && !this.hopeless) {
      const character = this.text[this.at] ?? '';
      if (quotes.includes(character)) this.string();
      else if (typographic.test(character)) this.typographicQuotes();
      else if (character === '$') this.variable();
      else if (character === '#') this.comment();
      else if (wordStart.test(character)) this.word();
      else if (/[0-9.]/.test(character)) this.number();
      else if ('([{'.includes(character)) {
        this.open.push({ character, at: this.at, unknown: false });
        this.at += 1;
      } else if (')]}'.includes(character)) this.close(character);
      else {
        const enclosing = this.open.at(-1);
        // A name that is no function is masked, its parentheses hold one expression then: its commas become sums.
        if (character === ',' && enclosing?.unknown === true) this.overwrite(this.at, '+');
        this.at += 1;
      }
    }
    this.closeOpen();
  }

  number(): void {
    const found = matchAt(digits, this.text, this.at)?.[0] ?? '.';
    this.at += found.length;
    // Prometheus reads `5.` as 5, the grammar does not.
    if (/^[0-9_]+\.$/.test(found)) this.blank(this.at - 1, this.at);
  }

  comment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  closeOpen(): void {
    if (this.hopeless) return;
    const end = this.text.length;
    for (const { character, at, unknown } of [...this.open].reverse()) {
      const closer = closers[character] ?? ')';
      this.fault(at, at + 1, `\`${character}\` is never closed`, `add the missing \`${closer}\``);
      if (unknown) this.unknownCalls.set(at, { from: at, to: end });
    }
    // A comment at the end would swallow what is added.
    if (this.open.length > 0) {
      this.masked.push('\n', ...this.open.map(({ character }) => closers[character] ?? ')').reverse());
    }
  }
}

/** Reads a query's brackets, strings, variables and function names; never throws. */
export function scan(text: string): Scan {
  const scanner = new Scanner(text);
  scanner.run();
  return {
    masked: scanner.hopeless ? undefined : scanner.masked.join(''),
    faults: scanner.faults,
    variables: scanner.variables,
    unknownCalls: scanner.unknownCalls,
  };
}
