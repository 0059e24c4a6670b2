import type { Binary, Call, Expr, Position, Subquery, Unary } from './ast.js';
import type { Fault } from './fault.js';
import { aggregations, functions, type ValueType } from './functions.js';
import { isComparison, isSetOperator } from './precedence.js';
import { printPromql } from './print.js';

/** The type of an expression's value, which needs no knowledge of any metric. */
export function valueType(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'selector':
      return expr.range === undefined ? 'instant' : 'range';
    case 'subquery':
      return 'range';
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'call':
      return functions.get(expr.func)?.returns ?? 'instant';
    case 'aggregation':
      return 'instant';
    case 'binary':
      return valueType(expr.left) === 'scalar' && valueType(expr.right) === 'scalar' ? 'scalar' : 'instant';
    case 'unary':
    case 'paren':
      return valueType(expr.expr);
  }
}

const inWords: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  instant: 'an instant vector',
  range: 'a range vector',
  string: 'a string',
};

function position(expr: Expr): Position {
  return expr.at ?? { from: 0, to: 0 };
}

function wrong(at: Position, message: string, help?: string, replacement?: string): Fault {
  return { code: 'OBS3103', at, message, help, replacement };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What turns a value into one of the other type, in words. */
function way(expr: Expr, wanted: ValueType): string | undefined {
  const found = valueType(expr);
  if (wanted === 'range' && expr.kind === 'selector')
    return `add a range: ${printPromql({ ...expr, range: { kind: 'duration', seconds: 300 } })}`;
  if (wanted === 'range' && found === 'instant') return 'a subquery makes a range vector of it: (…)[30m:1m]';
  if (wanted === 'instant' && found === 'range')
    return 'remove the range, or put a function such as rate() around it';
  if (wanted === 'instant' && found === 'scalar') return 'vector() makes an instant vector of a number';
  if (wanted === 'scalar' && found === 'instant')
    return 'scalar() makes a number of an instant vector with one series';
  return undefined;
}

function mismatch(subject: string, expr: Expr, wanted: ValueType): Fault | undefined {
  const found = valueType(expr);
  if (found === wanted) return undefined;
  return wrong(
    position(expr),
    `${subject} needs ${inWords[wanted]}, this is ${inWords[found]}`,
    way(expr, wanted),
  );
}

function present(faults: readonly (Fault | undefined)[]): Fault[] {
  return faults.filter((each) => each !== undefined);
}

/** Number and types of a function's arguments. An argument that could not be read itself is undefined. */
export function checkCall(call: Omit<Call, 'args'>, args: readonly (Expr | undefined)[]): Fault[] {
  const known = functions.get(call.func);
  if (known === undefined) return [];
  const most = known.repeats ? Infinity : known.args.length;
  const at = call.funcAt ?? call.at ?? { from: 0, to: 0 };
  if (args.length < known.required || args.length > most) {
    const many =
      known.required === most
        ? plural(most, 'argument')
        : most === Infinity
          ? `at least ${plural(known.required, 'argument')}`
          : `${known.required} to ${plural(most, 'argument')}`;
    const order = known.args.map((each) => inWords[each]).join(', ');
    return [
      wrong(
        at,
        `${call.func}() takes ${many}, here are ${args.length}`,
        order === '' ? undefined : `it takes ${order}`,
      ),
    ];
  }
  const wanted = args.map((_, index) => known.args[Math.min(index, known.args.length - 1)] ?? 'instant');
  const found = present(
    args.map((arg, index) => arg && mismatch(`${call.func}()`, arg, wanted[index] ?? 'instant')),
  );
  const [first, last] = [args[0], args.at(-1)];
  if (found.length < 2 || first === undefined || last === undefined) return found;
  const types = args.map((arg) => (arg === undefined ? '' : valueType(arg))).sort();
  if (types.join() !== wanted.toSorted().join()) return found;
  const order = wanted.map((each) => inWords[each]).join(', then ');
  const whole = { from: position(first).from, to: position(last).to };
  return [wrong(whole, `the arguments of ${call.func}() are in the wrong order`, `it takes ${order}`)];
}

/** Number and types of an aggregation's arguments. */
export function checkAggregation(op: string, opAt: Position, args: readonly (Expr | undefined)[]): Fault[] {
  const parameter = aggregations.get(op);
  const wanted = parameter === undefined ? 1 : 2;
  if (args.length !== wanted) {
    return [
      wrong(
        opAt,
        `${op} takes ${plural(wanted, 'argument')}, here are ${args.length}`,
        parameter === undefined ? undefined : `it takes ${inWords[parameter]}, then an instant vector`,
      ),
    ];
  }
  const [first, second] = args;
  const expr = parameter === undefined ? first : second;
  return present([
    parameter !== undefined && first !== undefined ? mismatch(op, first, parameter) : undefined,
    expr && mismatch(op, expr, 'instant'),
  ]);
}

function checkOperand(expr: Expr, op: string): Fault | undefined {
  const found = valueType(expr);
  if (found === 'scalar' || found === 'instant') return undefined;
  return wrong(
    position(expr),
    `\`${op}\` works on numbers and instant vectors, this is ${inWords[found]}`,
    way(expr, 'instant'),
  );
}

/** What Prometheus asks of two operands and of what stands between them. */
export function checkBinary(expr: Binary): Fault[] {
  const { op, left, right, matching } = expr;
  const operands = present([checkOperand(left, op), checkOperand(right, op)]);
  if (operands.length > 0) return operands;
  const at = expr.opAt ?? position(expr);
  const scalars = [left, right].filter((each) => valueType(each) === 'scalar');
  const found: Fault[] = [];
  if (expr.bool === true && !isComparison(op))
    found.push(wrong(at, `\`bool\` goes with comparisons only, not with \`${op}\``));
  if (isSetOperator(op) && scalars[0] !== undefined) {
    found.push(
      wrong(
        position(scalars[0]),
        `\`${op}\` needs an instant vector on both sides, this is a number`,
        way(scalars[0], 'instant'),
      ),
    );
  } else if (scalars.length === 2 && isComparison(op) && expr.bool !== true) {
    found.push(wrong(at, 'a comparison of two numbers needs `bool`', `write ${op} bool`, `${op} bool`));
  }
  if (matching === undefined) return found;
  if (scalars.length > 0) {
    found.push(wrong(at, `\`${matching.mode}\` needs an instant vector on both sides`));
  } else if (matching.group !== undefined && isSetOperator(op)) {
    found.push(wrong(at, `group_${matching.group.side} does not go with \`${op}\``));
  } else if (matching.mode === 'on') {
    const twice = matching.group?.include.find((label) => matching.labels.includes(label));
    if (twice !== undefined)
      found.push(
        wrong(
          at,
          `the label \`${twice}\` stands in both on () and group_${matching.group?.side ?? 'left'} ()`,
        ),
      );
  }
  return found;
}

export function checkUnary(expr: Unary): Fault[] {
  return present([checkOperand(expr.expr, expr.op)]);
}

export function checkSubquery(expr: Subquery): Fault[] {
  return present([mismatch('a subquery', expr.expr, 'instant')]);
}
