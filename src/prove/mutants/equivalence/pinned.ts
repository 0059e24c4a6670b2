import type { Binary, Expr, VectorSelector } from '../../../promql/ast.js';

export type Labels = ReadonlyMap<string, string>;
const none: Labels = new Map<string, string>();

/** Functions that make one series of each, with the same labels but its name. */
const elementwise = new Set([
  'abs',
  'avg_over_time',
  'ceil',
  'changes',
  'clamp',
  'clamp_max',
  'clamp_min',
  'count_over_time',
  'delta',
  'deriv',
  'exp',
  'floor',
  'idelta',
  'increase',
  'irate',
  'last_over_time',
  'ln',
  'log10',
  'log2',
  'max_over_time',
  'min_over_time',
  'predict_linear',
  'present_over_time',
  'rate',
  'resets',
  'round',
  'sgn',
  'sqrt',
  'stddev_over_time',
  'stdvar_over_time',
  'sum_over_time',
  'timestamp',
]);

/** Whether a function makes one series of each, with the same labels. */
export function isElementwise(func: string): boolean {
  return elementwise.has(func);
}

/** Whether an expression is one number rather than series. */
export function isScalar(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
      return true;
    case 'paren':
    case 'unary':
      return isScalar(expr.expr);
    case 'call':
      return ['scalar', 'time', 'pi'].includes(expr.func);
    case 'binary':
      return isScalar(expr.left) && isScalar(expr.right);
    default:
      return false;
  }
}

/** Whether two series have to agree in a label to be matched. */
export function isMatched({ matching }: Binary, label: string): boolean {
  if (matching === undefined) return true;
  return (matching.mode === 'on') === matching.labels.includes(label);
}

function kept(labels: Labels, isKept: (label: string) => boolean): Labels {
  return new Map([...labels].filter(([label]) => isKept(label)));
}

function ofSelector({ matchers }: VectorSelector): Labels {
  return new Map(
    matchers.flatMap(({ label, operator, value }) =>
      operator === '=' && value !== '' && label !== '__name__' ? [[label, value] as const] : [],
    ),
  );
}

function ofBinary(expr: Binary): Labels {
  const [left, right] = [pinned(expr.left), pinned(expr.right)];
  if (isScalar(expr.right)) return left;
  if (isScalar(expr.left)) return right;
  const matched = (labels: Labels): Labels => kept(labels, (label) => isMatched(expr, label));
  switch (expr.op) {
    case 'and':
      return new Map([...matched(right), ...left]);
    case 'unless':
      return left;
    case 'or':
      return kept(left, (label) => left.get(label) === right.get(label));
    default: {
      const group = expr.matching?.group;
      const agreed = new Map([...matched(right), ...matched(left)]);
      if (group === undefined) return agreed;
      const [many, one] = group.side === 'left' ? [left, right] : [right, left];
      const isIncluded = (label: string): boolean => group.include.includes(label);
      return new Map([...kept(many, (label) => !isIncluded(label)), ...agreed, ...kept(one, isIncluded)]);
    }
  }
}

/** The labels, other than the name, that every series of a result has with this value for certain, none of them empty. */
export function pinned(expr: Expr): Labels {
  switch (expr.kind) {
    case 'selector':
      return ofSelector(expr);
    case 'paren':
    case 'unary':
    case 'subquery':
      return pinned(expr.expr);
    case 'call': {
      const [first] = expr.args;
      if (first !== undefined && elementwise.has(expr.func)) return pinned(first);
      if ((expr.func !== 'absent' && expr.func !== 'absent_over_time') || first?.kind !== 'selector')
        return none;
      // A label that more than one matcher asks about is left out of what absent() says.
      return kept(
        ofSelector(first),
        (label) => first.matchers.filter((each) => each.label === label).length === 1,
      );
    }
    case 'aggregation': {
      const { op, grouping } = expr;
      if (op === 'count_values') return none;
      const inner = pinned(expr.expr);
      if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(op)) return inner;
      return kept(inner, (label) =>
        grouping?.mode === 'without'
          ? !grouping.labels.includes(label)
          : grouping?.labels.includes(label) === true,
      );
    }
    case 'binary':
      return ofBinary(expr);
    case 'number':
    case 'string':
      return none;
  }
}
