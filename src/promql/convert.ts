import type { AggregationOperator, BinaryOperator, Expr, Grouping, Position, VectorMatching } from './ast.js';
import { aggregations, functions } from './functions.js';
import { LeafReader } from './leaves.js';
import { Spine, type Item } from './spine.js';
import { childNamed, childrenNamed, hasError, position, type GrammarNode } from './tree.js';
import { checkAggregation, checkCall } from './types.js';

/** Nodes of the grammar that are laid out flat before they are put together by precedence. */
const spineNodes = new Set([
  'BinaryExpr',
  'UnaryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
]);

/** Syntax that a server reads only behind a feature flag, by the node that shows it. */
const experimental: ReadonlyMap<string, string> = new Map([
  ['AnchoredExpr', 'the modifier `anchored`'],
  ['SmoothedExpr', 'the modifier `smoothed`'],
  ['FillModifier', 'the modifier `fill`'],
  ['TrimUpper', 'the operator `</`'],
  ['TrimLower', 'the operator `>/`'],
]);

/**
 * Turns the grammar's tree into nodes, with what the grammar itself does not check: types and numbers of arguments, regular expressions,
 * durations, selectors without a condition. Undefined stands for a part that has a fault; what surrounds it is read on.
 */
export class Converter extends LeafReader {
  expression(node: GrammarNode): Expr | undefined {
    if (spineNodes.has(node.name)) return this.spine(node);
    if (experimental.has(node.name)) {
      this.experimental(node);
      return undefined;
    }
    switch (node.name) {
      case 'NumberDurationLiteral':
        return /^[+-]/.test(this.slice(node)) ? this.spine(node) : this.number(node);
      case 'StringLiteral': {
        const value = this.string(node);
        return value === undefined ? undefined : { kind: 'string', value, at: position(node) };
      }
      case 'ParenExpr':
        return this.paren(node);
      case 'VectorSelector':
        return this.selector(node);
      case 'FunctionCall':
        return this.call(node);
      case 'AggregateExpr':
        return this.aggregation(node);
      default:
        return undefined;
    }
  }

  experimental(node: GrammarNode): void {
    const what = experimental.get(node.name) ?? 'this syntax';
    for (const child of node.children) this.expression(child);
    this.refuse(
      'OBS3105',
      node,
      `${what} is experimental in Prometheus`,
      'servers refuse it unless a feature flag is set: write the query without it',
    );
  }

  paren(node: GrammarNode): Expr | undefined {
    const inner = node.children.find((child) => !child.isError);
    if (this.scan.unknownCalls.has(node.from)) {
      if (inner !== undefined) this.operandsOf(inner);
      return undefined;
    }
    const expr = inner && this.expression(inner);
    return expr && { kind: 'paren', expr, at: position(node) };
  }

  /** Reads what stands on a spine for the faults in it, without putting it together. */
  operandsOf(node: GrammarNode): void {
    if (node.name !== 'BinaryExpr') this.expression(node);
    else for (const child of node.children) this.operandsOf(child);
  }

  spine(node: GrammarNode): Expr | undefined {
    const items: Item[] = [];
    const complete = this.flatten(node, items);
    if (!complete) return undefined;
    return new Spine(items, this.faults).expression(0);
  }

  /** Whether everything below the node could be read. */
  flatten(node: GrammarNode, items: Item[]): boolean {
    if (hasError(node)) {
      for (const child of node.children) this.expression(child);
      return false;
    }
    switch (node.name) {
      case 'BinaryExpr':
        return this.flattenBinary(node, items);
      case 'UnaryExpr': {
        const [sign, expr] = node.children;
        if (sign === undefined || expr === undefined) return false;
        this.pushSign(sign, items);
        return this.flatten(expr, items);
      }
      case 'NumberDurationLiteral': {
        const signs = /^[+-]?\s*/.exec(this.slice(node))?.[0].length ?? 0;
        if (signs > 0) this.pushSign({ from: node.from, to: node.from + 1 }, items);
        const expr = this.number({ from: node.from + signs, to: node.to });
        if (expr !== undefined) items.push({ kind: 'operand', expr });
        return expr !== undefined;
      }
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'MatrixSelector':
      case 'SubqueryExpr':
        return this.flattenPostfix(node, items);
      default: {
        const expr = this.expression(node);
        if (expr !== undefined) items.push({ kind: 'operand', expr });
        return expr !== undefined;
      }
    }
  }

  pushSign(at: Position, items: Item[]): void {
    items.push({ kind: 'sign', op: this.text[at.from] === '-' ? '-' : '+', at: position(at) });
  }

  flattenBinary(node: GrammarNode, items: Item[]): boolean {
    const [left, operator, ...rest] = node.children;
    const right = rest.at(-1);
    if (left === undefined || operator === undefined || right === undefined) return false;
    const odd = [operator, ...rest].find((child) => experimental.has(child.name));
    if (odd !== undefined) this.experimental(odd);
    const leftRead = this.flatten(left, items);
    const clause = childNamed(node, 'MatchingModifierClause');
    const broken = clause !== undefined && hasError(clause);
    items.push({
      kind: 'operator',
      op: this.slice(operator).toLowerCase() as BinaryOperator,
      at: position(operator),
      bool: childNamed(node, 'BoolModifier') !== undefined,
      matching: clause === undefined || broken ? undefined : this.matching(clause),
    });
    return this.flatten(right, items) && leftRead && odd === undefined && !broken;
  }

  matching(node: GrammarNode): VectorMatching {
    const [labels, include] = childrenNamed(node, 'GroupingLabels').map((each) => this.labels(each));
    const side = childNamed(node, 'GroupLeft')
      ? 'left'
      : childNamed(node, 'GroupRight')
        ? 'right'
        : undefined;
    return {
      mode: childNamed(node, 'On') === undefined ? 'ignoring' : 'on',
      labels: labels?.names ?? [],
      labelsAt: labels?.at ?? [],
      ...(side && { group: { side, include: include?.names ?? [], includeAt: include?.at ?? [] } }),
    };
  }

  flattenPostfix(node: GrammarNode, items: Item[]): boolean {
    const [inner, ...rest] = node.children;
    if (inner === undefined) return false;
    const innerRead = this.flatten(inner, items);
    const { to } = node;
    const times = rest.filter(
      (child) => child.name === 'DurationExpr' || child.name === 'OffsetDurationExpr',
    );
    const [first, second] = times.map((child) => this.duration(child, node.name === 'OffsetExpr'));
    const word = { from: rest[0]?.from ?? to, to };
    if (node.name === 'StepInvariantExpr') {
      const evaluatedAt = this.evaluatedAt(node);
      if (evaluatedAt === undefined) return false;
      items.push({ kind: 'postfix', postfix: { kind: 'evaluatedAt', evaluatedAt, at: word, to } });
      return innerRead;
    }
    if (first === undefined || (times.length > 1 && second === undefined)) return false;
    if (node.name === 'OffsetExpr')
      items.push({ kind: 'postfix', postfix: { kind: 'offset', offset: first, at: word, to } });
    else if (node.name === 'SubqueryExpr')
      items.push({ kind: 'postfix', postfix: { kind: 'subquery', range: first, step: second, to } });
    else items.push({ kind: 'postfix', postfix: { kind: 'range', range: first, to } });
    return innerRead;
  }

  /** The arguments of a call, undefined for those that have a fault, and whether the list itself is whole. */
  arguments(node: GrammarNode): { readonly args: (Expr | undefined)[]; readonly whole: boolean } {
    const body = childNamed(node, 'FunctionCallBody');
    if (body === undefined) return { args: [], whole: false };
    const nodes = body.children.filter((child) => !child.isError && /^[A-Z]/.test(child.name));
    return { args: nodes.map((child) => this.expression(child)), whole: !hasError(body) && !hasError(node) };
  }

  call(node: GrammarNode): Expr | undefined {
    const identifier = childNamed(node, 'FunctionIdentifier');
    if (identifier === undefined) return undefined;
    const func = this.slice(identifier);
    const { args, whole } = this.arguments(node);
    if (!whole || !functions.has(func)) return undefined;
    const call = { kind: 'call', func, funcAt: position(identifier), at: position(node) } as const;
    const faults = checkCall(call, args);
    this.faults.push(...faults);
    const complete = args.filter((each) => each !== undefined);
    if (faults.length > 0 || complete.length < args.length) return undefined;
    const pattern = func === 'label_replace' ? complete[4] : undefined;
    if (pattern?.kind === 'string' && pattern.at && !this.regex(pattern.at, pattern.value)) return undefined;
    return { ...call, args: complete };
  }

  aggregation(node: GrammarNode): Expr | undefined {
    const operator = childNamed(node, 'AggregateOp');
    const modifier = childNamed(node, 'AggregateModifier');
    if (operator === undefined) return undefined;
    const op = this.slice(operator).toLowerCase() as AggregationOperator;
    const { args, whole } = this.arguments(node);
    if (!whole || (modifier !== undefined && (hasError(modifier) || modifier.children.some(hasError))))
      return undefined;
    const faults = checkAggregation(op, position(operator), args);
    this.faults.push(...faults);
    const expr = args.at(-1);
    const parameter = aggregations.get(op) === undefined ? undefined : args[0];
    if (faults.length > 0 || expr === undefined || args.includes(undefined)) return undefined;
    const grouping = modifier && this.grouping(modifier);
    return {
      kind: 'aggregation',
      op,
      opAt: position(operator),
      ...(parameter && { parameter }),
      ...(grouping && { grouping }),
      expr,
      at: position(node),
    };
  }

  grouping(node: GrammarNode): Grouping {
    const list = childNamed(node, 'GroupingLabels');
    const { names, at } = list === undefined ? { names: [], at: [] } : this.labels(list);
    return {
      mode: childNamed(node, 'Without') === undefined ? 'by' : 'without',
      labels: names,
      labelsAt: at,
    };
  }
}
