import type { AtModifier, Binary, Duration, Expr, Grouping, Matcher, Shift, VectorSelector } from './ast.js';
import { printDuration } from './duration.js';
import { isRightAssociative, precedence, signPrecedence } from './precedence.js';
import { quoteString } from './strings.js';

const plainMetric = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const plainLabel = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Words that cannot begin a selector. */
const reserved = new Set(['bool', 'on', 'ignoring', 'group_left', 'group_right', 'offset', 'inf', 'nan']);

/** On how much room an expression may be laid out, and how deep it stands. */
interface Layout {
  readonly width: number;
  readonly depth: number;
}

function deeper(layout: Layout): Layout {
  return { width: layout.width, depth: layout.depth + 1 };
}

function indent(layout: Layout): string {
  return '  '.repeat(layout.depth);
}

/** A number as PromQL writes it. */
export function printNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function printTime(value: Duration): string {
  return value.kind === 'variable' ? value.name : printDuration(value.seconds);
}

/** A label's name; what Prometheus 2 would not read is quoted, as Prometheus 3 does. */
function printLabel(name: string): string {
  return plainLabel.test(name) ? name : quoteString(name);
}

/** Labels that are grouped by; Prometheus takes these words for something else there. */
function printLabels(names: readonly string[]): string {
  const printed = names.map((name) =>
    /^(?:inf|nan|without)$/i.test(name) ? quoteString(name) : printLabel(name),
  );
  return `(${printed.join(', ')})`;
}

function printMatcher(matcher: Matcher): string {
  return `${printLabel(matcher.label)}${matcher.operator}${quoteString(matcher.value)}`;
}

function printEvaluatedAt(at: AtModifier): string {
  return 'timestamp' in at ? `@ ${at.timestamp.toFixed(3)}` : `@ ${at.preprocessor}()`;
}

function printShift({ offset, evaluatedAt }: Shift): string {
  return (
    (evaluatedAt === undefined ? '' : ` ${printEvaluatedAt(evaluatedAt)}`) +
    (offset === undefined ? '' : ` offset ${printTime(offset)}`)
  );
}

function printSelector(selector: VectorSelector): string {
  const { metric, range } = selector;
  const matchers = selector.matchers.map(printMatcher);
  const plain = metric !== undefined && plainMetric.test(metric) && !reserved.has(metric.toLowerCase());
  if (metric !== undefined && !plain) {
    // Prometheus 2 reads only the longer form, and it reads it only for names of its own alphabet.
    matchers.unshift(plainMetric.test(metric) ? `__name__=${quoteString(metric)}` : quoteString(metric));
  }
  const braces = matchers.length > 0 || !plain ? `{${matchers.join(',')}}` : '';
  const window = range === undefined ? '' : `[${printTime(range)}]`;
  return (plain ? metric : '') + braces + window + printShift(selector);
}

function printGrouping(grouping: Grouping | undefined): string {
  return grouping === undefined ? '' : ` ${grouping.mode} ${printLabels(grouping.labels)} `;
}

function printOperator({ op, bool, matching }: Binary): string {
  let text: string = op;
  if (bool === true) text += ' bool';
  if (matching !== undefined) {
    text += ` ${matching.mode} ${printLabels(matching.labels)}`;
    if (matching.group !== undefined)
      text += ` group_${matching.group.side} ${printLabels(matching.group.include)}`;
  }
  return text;
}

function wrap(expr: Expr): Expr {
  return { kind: 'paren', expr };
}

/** An operand with the parentheses that its place asks for. */
function operand(expr: Expr, { op }: Binary, side: 'left' | 'right'): Expr {
  if (expr.kind === 'binary') {
    const [inner, outer] = [precedence[expr.op], precedence[op]];
    const looseSide = isRightAssociative(op) ? 'right' : 'left';
    return inner < outer || (inner === outer && side !== looseSide) ? wrap(expr) : expr;
  }
  const signed = expr.kind === 'unary' || (expr.kind === 'number' && printNumber(expr.value).startsWith('-'));
  return signed && precedence[op] > signPrecedence ? wrap(expr) : expr;
}

/** What stands behind a sign: anything that binds tighter, but no second sign, which would look like a decrement. */
function signed(expr: Expr): Expr {
  const loose = expr.kind === 'binary' && precedence[expr.op] <= signPrecedence;
  return loose || expr.kind === 'unary' || expr.kind === 'number' ? wrap(expr) : expr;
}

/** What a subquery is taken of: a call, an aggregation or a plain selector as it is, all else in parentheses. */
function subject(expr: Expr): Expr {
  if (expr.kind === 'selector')
    return expr.offset === undefined && expr.evaluatedAt === undefined ? expr : wrap(expr);
  return expr.kind === 'call' || expr.kind === 'aggregation' || expr.kind === 'paren' ? expr : wrap(expr);
}

function printList(open: string, items: readonly Expr[], layout: Layout, broken: boolean): string {
  if (!broken) return `${open}(${items.map((each) => print(each, layout)).join(', ')})`;
  const inner = items.map((each) => print(each, deeper(layout))).join(',\n');
  return `${indent(layout)}${open}(\n${inner}\n${indent(layout)})`;
}

function printBroken(expr: Expr, layout: Layout, broken: boolean): string {
  const lead = broken ? indent(layout) : '';
  switch (expr.kind) {
    case 'selector':
      return lead + printSelector(expr);
    case 'number':
      return lead + (expr.text ?? printNumber(expr.value));
    case 'string':
      return lead + quoteString(expr.value);
    case 'call':
      return expr.args.length === 0
        ? `${lead}${expr.func}()`
        : printList(expr.func, expr.args, layout, broken);
    case 'aggregation': {
      const items = expr.parameter === undefined ? [expr.expr] : [expr.parameter, expr.expr];
      return printList(`${expr.op}${printGrouping(expr.grouping)}`, items, layout, broken);
    }
    case 'paren':
      return expr.expr.kind === 'paren'
        ? printBroken(expr.expr, layout, broken)
        : printList('', [expr.expr], layout, broken);
    case 'unary':
      return lead + expr.op + print(signed(expr.expr), layout).trimStart();
    case 'subquery': {
      const step = expr.step === undefined ? '' : printTime(expr.step);
      return `${print(subject(expr.expr), layout)}[${printTime(expr.range)}:${step}]${printShift(expr)}`;
    }
    case 'binary': {
      const [left, right] = [operand(expr.left, expr, 'left'), operand(expr.right, expr, 'right')];
      const operator = printOperator(expr);
      if (!broken) return `${print(left, layout)} ${operator} ${print(right, layout)}`;
      // Operators of one kind stand below one another, even where the first two would fit on a line.
      const isChain = left.kind === 'binary' && precedence[left.op] === precedence[expr.op];
      const before = isChain ? printBroken(left, layout, true) : print(left, layout);
      return `${before}\n${lead}${operator} ${print(right, layout).trimStart()}`;
    }
  }
}

/** One line where it fits, else broken at this node and laid out below it; indented in the second case and in a broken parent. */
function print(expr: Expr, layout: Layout): string {
  if (layout.width === Infinity) return printBroken(expr, layout, false);
  const line = printBroken(expr, { width: Infinity, depth: 0 }, false);
  if (indent(layout).length + line.length <= layout.width) return indent(layout) + line;
  return printBroken(expr, layout, true);
}

/**
 * An expression on one line, spaced as Prometheus spaces it. Parentheses that the author wrote stay; where precedence needs others, they
 * are added.
 */
export function printPromql(expr: Expr): string {
  return print(expr, { width: Infinity, depth: 0 });
}

/**
 * The same on several lines where it is longer than `width` columns: operators lead their lines, arguments stand indented. The first
 * line is never indented, so that YAML can hold the text as a literal block.
 */
export function formatPromql(expr: Expr, width = 100): string {
  return print(expr, { width, depth: 0 });
}
