import type {
  AtModifier,
  Binary,
  BinaryOperator,
  Duration,
  Expr,
  Position,
  Unary,
  VectorMatching,
} from './ast.js';
import type { Fault } from './fault.js';
import { isRightAssociative, precedence } from './precedence.js';
import { checkBinary, checkSubquery, checkUnary } from './types.js';

/** What may follow an operand. */
export type Postfix =
  | { readonly kind: 'range'; readonly range: Duration; readonly to: number }
  | {
      readonly kind: 'subquery';
      readonly range: Duration;
      readonly step: Duration | undefined;
      readonly to: number;
    }
  | { readonly kind: 'offset'; readonly offset: Duration; readonly at: Position; readonly to: number }
  | {
      readonly kind: 'evaluatedAt';
      readonly evaluatedAt: AtModifier;
      readonly at: Position;
      readonly to: number;
    };

/**
 * An expression laid out flat, as it is read. The grammar's tree says what the pieces are; which operator binds which operand is worked
 * out here, because that grammar lets `offset`, `@` and brackets take the whole sum before them, and a sign bind tighter than `^`.
 */
export type Item =
  | { readonly kind: 'operand'; readonly expr: Expr }
  | { readonly kind: 'sign'; readonly op: '+' | '-'; readonly at: Position }
  | { readonly kind: 'postfix'; readonly postfix: Postfix }
  | {
      readonly kind: 'operator';
      readonly op: BinaryOperator;
      readonly at: Position;
      readonly bool: boolean;
      readonly matching: VectorMatching | undefined;
    };

function start(expr: Expr): number {
  return expr.at?.from ?? 0;
}

function end(expr: Expr): number {
  return expr.at?.to ?? 0;
}

/** Puts flat items together again by precedence; undefined where a fault was found. */
export class Spine {
  readonly items: readonly Item[];
  readonly faults: Fault[];
  at = 0;

  constructor(items: readonly Item[], faults: Fault[]) {
    this.items = items;
    this.faults = faults;
  }

  refuse(at: Position, message: string, help?: string): void {
    this.faults.push({ code: 'OBS3101', at, message, help });
  }

  accept<T extends Expr>(expr: T, faults: readonly Fault[]): T | undefined {
    this.faults.push(...faults);
    return faults.length === 0 ? expr : undefined;
  }

  /** The whole expression from here on, of operators that bind at least as tightly as `least`. */
  expression(least: number): Expr | undefined {
    let left = this.signed();
    for (;;) {
      const item = this.items[this.at];
      if (item?.kind !== 'operator' || precedence[item.op] < least) return left;
      this.at += 1;
      const next = precedence[item.op] + (isRightAssociative(item.op) ? 0 : 1);
      const right = this.expression(next);
      if (left === undefined || right === undefined) {
        left = undefined;
        continue;
      }
      const joined: Binary = {
        kind: 'binary',
        op: item.op,
        opAt: item.at,
        left,
        right,
        ...(item.bool && { bool: true }),
        ...(item.matching && { matching: item.matching }),
        at: { from: start(left), to: end(right) },
      };
      left = this.accept(joined, checkBinary(joined));
    }
  }

  signed(): Expr | undefined {
    const item = this.items[this.at];
    if (item?.kind !== 'sign') return this.postfixed();
    this.at += 1;
    const expr = this.expression(precedence['^']);
    if (expr === undefined) return undefined;
    const at = { from: item.at.from, to: end(expr) };
    if (expr.kind === 'number' && !Number.isNaN(expr.value))
      return { ...expr, value: item.op === '-' ? -expr.value : expr.value, at };
    const unary: Unary = { kind: 'unary', op: item.op, expr, at };
    return this.accept(unary, checkUnary(unary));
  }

  postfixed(): Expr | undefined {
    const item = this.items[this.at];
    if (item?.kind !== 'operand') return undefined;
    this.at += 1;
    let expr: Expr | undefined = item.expr;
    for (let next = this.items[this.at]; next?.kind === 'postfix'; next = this.items[this.at]) {
      this.at += 1;
      if (expr !== undefined) expr = this.apply(expr, next.postfix);
    }
    return expr;
  }

  apply(expr: Expr, postfix: Postfix): Expr | undefined {
    const at = { from: start(expr), to: postfix.to };
    switch (postfix.kind) {
      case 'range':
        if (
          expr.kind !== 'selector' ||
          expr.range !== undefined ||
          expr.offset !== undefined ||
          expr.evaluatedAt !== undefined
        ) {
          this.refuse(
            at,
            'a range in brackets follows a selector only',
            'a subquery has a colon: (x)[5m:]; offset and @ stand behind the range: x[5m] offset 1h',
          );
          return undefined;
        }
        return { ...expr, range: postfix.range, at };
      case 'subquery': {
        const { range, step } = postfix;
        const made: Expr = { kind: 'subquery', expr, range, ...(step && { step }), at };
        return this.accept(made, checkSubquery(made));
      }
      case 'offset':
      case 'evaluatedAt': {
        const word = postfix.kind === 'offset' ? 'offset' : '@';
        if (expr.kind !== 'selector' && expr.kind !== 'subquery') {
          this.refuse(
            postfix.at,
            `\`${word}\` follows a selector or a subquery only`,
            `put it inside: rate(x[5m] ${word} …)`,
          );
          return undefined;
        }
        if (expr[postfix.kind] !== undefined) {
          this.refuse(postfix.at, `\`${word}\` stands twice`);
          return undefined;
        }
        return postfix.kind === 'offset'
          ? { ...expr, offset: postfix.offset, at }
          : { ...expr, evaluatedAt: postfix.evaluatedAt, at };
      }
    }
  }
}
