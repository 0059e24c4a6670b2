import type { PageExemplar } from './page.js';

/** What a line with a value says. */
export interface ReadSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  readonly timestamp: number | undefined;
  readonly exemplar: PageExemplar | undefined;
}

const nameStart = /[a-zA-Z_:]/;
const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const blanks = /[ \t]*/y;
const word = /[^ \t]+/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', '\\': '\\', '"': '"' };

/** Reads one line from left to right; what it cannot read, it throws as a `SyntaxError` with the column. */
export class LineReader {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /**
   * Reads `name{labels} value [timestamp] [# {labels} value [timestamp]]`.
   * @param openMetrics whether timestamps are seconds, as there, and not milliseconds, and exemplars may follow
   * @throws SyntaxError what is wrong, with the column
   */
  sample(openMetrics: boolean): ReadSample {
    this.#take(blanks);
    let name = '';
    let labels = new Map<string, string>();
    if (nameStart.test(this.#line[this.#at] ?? '')) {
      name = this.#take(metricName);
      this.#take(blanks);
    }
    if (this.#line[this.#at] === '{') {
      const set = this.#labels(name === '');
      name ||= set.name;
      labels = set.labels;
    }
    if (name === '') throw this.#fault('no name of a metric');
    const value = this.#number('value');
    this.#take(blanks);
    let timestamp: number | undefined;
    if (this.#at < this.#line.length && this.#line[this.#at] !== '#') {
      timestamp = this.#number('timestamp') * (openMetrics ? 1000 : 1);
    }
    this.#take(blanks);
    const exemplar = openMetrics && this.#line[this.#at] === '#' ? this.#exemplar() : undefined;
    if (this.#at < this.#line.length) throw this.#fault('more after the value');
    return { name, labels, value, timestamp, exemplar };
  }

  #exemplar(): PageExemplar {
    this.#at += 1;
    this.#take(blanks);
    if (this.#line[this.#at] !== '{') throw this.#fault('an exemplar without labels');
    const { labels } = this.#labels(false);
    const value = this.#number('value of the exemplar');
    this.#take(blanks);
    if (this.#at < this.#line.length) this.#number('timestamp of the exemplar');
    this.#take(blanks);
    return { labels, value };
  }

  /** `{a="b", …}`; since UTF-8 names were admitted, the metric's own name may stand in quotes as the first entry, and label names too. */
  #labels(withName: boolean): { readonly name: string; readonly labels: Map<string, string> } {
    let name = '';
    const labels = new Map<string, string>();
    this.#at += 1;
    for (;;) {
      this.#take(blanks);
      if (this.#line[this.#at] === '}') {
        this.#at += 1;
        return { name, labels };
      }
      const quoted = this.#line[this.#at] === '"';
      const key = quoted ? this.#quoted() : this.#take(labelName);
      if (key === '' && !quoted) throw this.#fault('no name of a label');
      this.#take(blanks);
      if (this.#line[this.#at] === '=') {
        this.#at += 1;
        this.#take(blanks);
        if (this.#line[this.#at] !== '"') throw this.#fault(`the value of label ${key} is not in quotes`);
        const value = this.#quoted();
        if (labels.has(key)) throw this.#fault(`label ${key} stands twice`);
        labels.set(key, value);
      } else if (quoted && withName && name === '' && labels.size === 0) {
        name = key;
      } else {
        throw this.#fault(`no = after label ${key}`);
      }
      this.#take(blanks);
      if (this.#line[this.#at] === ',') this.#at += 1;
      else if (this.#line[this.#at] !== '}') throw this.#fault('neither , nor } after a label');
    }
  }

  #quoted(): string {
    let text = '';
    for (this.#at += 1; this.#at < this.#line.length; this.#at += 1) {
      const character = this.#line[this.#at] as string;
      if (character === '"') {
        this.#at += 1;
        return text;
      }
      if (character !== '\\') {
        text += character;
        continue;
      }
      this.#at += 1;
      const escaped = this.#line[this.#at] ?? '';
      // An unknown escape stands for itself, as Prometheus reads it.
      text += escapes[escaped] ?? `\\${escaped}`;
    }
    throw this.#fault('a quote that does not end');
  }

  #number(what: string): number {
    this.#take(blanks);
    const text = this.#take(word);
    const number = readNumber(text);
    if (number === undefined) {
      throw this.#fault(text === '' ? `no ${what}` : `the ${what} ${text} is no number`);
    }
    return number;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fault(message: string): SyntaxError {
    return new SyntaxError(`${message} (column ${this.#at + 1})`);
  }
}

const decimal = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number as both formats write it; undefined for everything else. */
function readNumber(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  switch (text.toLowerCase()) {
    case 'nan':
      return NaN;
    case '+inf':
    case 'inf':
    case '+infinity':
    case 'infinity':
      return Infinity;
    case '-inf':
    case '-infinity':
      return -Infinity;
    default:
      return undefined;
  }
}
