/** Deepest nesting of parentheses and signs: expressions come from a model, and recursion must end. */
const maxDepth = 50;

/**
 * The value of an arithmetic expression: numbers, + - * / ^ %, parentheses. `%` after a number is a percentage, `^` binds to the right.
 * Throws a SyntaxError where it is none, and a RangeError where the result is no finite number.
 */
export function evaluate(source: string): number {
  const parser = new Parser(source);
  const value = parser.sum(0);
  parser.end();
  if (!Number.isFinite(value)) throw new RangeError('the result is not a finite number');
  return value;
}

/** A recursive descent parser that computes while it reads. */
class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  sum(depth: number): number {
    let value = this.#product(depth);
    for (;;) {
      if (this.#take('+')) value += this.#product(depth);
      else if (this.#take('-')) value -= this.#product(depth);
      else return value;
    }
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) throw new SyntaxError(`unexpected ${token}`);
  }

  #product(depth: number): number {
    let value = this.#signed(depth);
    for (;;) {
      if (this.#take('*')) value *= this.#signed(depth);
      else if (this.#take('/')) value /= this.#signed(depth);
      else return value;
    }
  }

  #signed(depth: number): number {
    if (depth > maxDepth) throw new SyntaxError('the expression is nested too deeply');
    if (this.#take('-')) return -this.#signed(depth + 1);
    return this.#power(depth);
  }

  #power(depth: number): number {
    const base = this.#percentage(depth);
    return this.#take('^') ? base ** this.#signed(depth + 1) : base;
  }

  #percentage(depth: number): number {
    let value = this.#primary(depth);
    while (this.#take('%')) value /= 100;
    return value;
  }

  #primary(depth: number): number {
    if (this.#take('(')) {
      const value = this.sum(depth + 1);
      if (!this.#take(')')) throw new SyntaxError('a closing parenthesis is missing');
      return value;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new SyntaxError('the expression ends too early');
    const value = Number(token);
    if (Number.isNaN(value)) throw new SyntaxError(`unexpected ${token}`);
    this.#at += 1;
    return value;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

function tokenize(source: string): readonly string[] {
  const tokens: string[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const token = /^(?:\d+(?:\.\d+)?|[-+*/^%()])/.exec(rest)?.[0];
    if (token === undefined) throw new SyntaxError(`unexpected ${rest.slice(0, 1)}`);
    tokens.push(token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}
