import type { Duration, Expr, Position, VectorSelector } from './ast.js';

/** The expressions directly below an expression, in the order of the text. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'selector':
    case 'number':
    case 'string':
      return [];
    case 'call':
      return expr.args;
    case 'aggregation':
      return expr.parameter === undefined ? [expr.expr] : [expr.parameter, expr.expr];
    case 'binary':
      return [expr.left, expr.right];
    case 'unary':
    case 'paren':
    case 'subquery':
      return [expr.expr];
  }
}

/** Visits an expression and all below it, parents first. */
export function walk(expr: Expr, visit: (expr: Expr, parents: readonly Expr[]) => void): void {
  const descend = (each: Expr, parents: readonly Expr[]): void => {
    visit(each, parents);
    const below = [...parents, each];
    for (const child of children(each)) descend(child, below);
  };
  descend(expr, []);
}

/** Every selector of an expression, from left to right. */
export function selectors(expr: Expr): VectorSelector[] {
  const found: VectorSelector[] = [];
  walk(expr, (each) => {
    if (each.kind === 'selector') found.push(each);
  });
  return found;
}

/** Every duration that stands in an expression: ranges, steps and offsets. */
export function durations(expr: Expr): Duration[] {
  const found: (Duration | undefined)[] = [];
  walk(expr, (each) => {
    if (each.kind === 'selector') found.push(each.range, each.offset);
    else if (each.kind === 'subquery') found.push(each.range, each.step, each.offset);
  });
  return found.filter((each) => each !== undefined);
}

/** Every variable of an expression, such as `$window`: those that stand for a duration, and those that stand for a number. */
export function variables(expr: Expr): { readonly name: string; readonly at: Position | undefined }[] {
  const found = durations(expr).flatMap((each) =>
    each.kind === 'variable' ? [{ name: each.name, at: each.at }] : [],
  );
  walk(expr, (each) => {
    if (each.kind === 'number' && each.text?.startsWith('$') === true)
      found.push({ name: each.text, at: each.at });
  });
  return found;
}

/** The same expression with every node replaced, children first, by what `change` makes of it. */
export function transform(expr: Expr, change: (expr: Expr) => Expr): Expr {
  const inner = (each: Expr): Expr => transform(each, change);
  switch (expr.kind) {
    case 'selector':
    case 'number':
    case 'string':
      return change(expr);
    case 'call':
      return change({ ...expr, args: expr.args.map(inner) });
    case 'aggregation':
      return change({
        ...expr,
        parameter: expr.parameter === undefined ? undefined : inner(expr.parameter),
        expr: inner(expr.expr),
      });
    case 'binary':
      return change({ ...expr, left: inner(expr.left), right: inner(expr.right) });
    case 'unary':
    case 'paren':
    case 'subquery':
      return change({ ...expr, expr: inner(expr.expr) });
  }
}

/** The same expression with a variable such as `$window` filled in, wherever it stands for a duration. */
export function withDuration(expr: Expr, variable: string, value: Duration): Expr {
  const fill = (each: Duration): Duration =>
    each.kind === 'variable' && each.name === variable ? value : each;
  return transform(expr, (each) => {
    if (each.kind === 'selector') {
      return { ...each, range: each.range && fill(each.range), offset: each.offset && fill(each.offset) };
    }
    if (each.kind === 'subquery') {
      return {
        ...each,
        range: fill(each.range),
        step: each.step && fill(each.step),
        offset: each.offset && fill(each.offset),
      };
    }
    return each;
  });
}
