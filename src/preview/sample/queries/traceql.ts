import { parser } from '@grafana/lezer-traceql';
import { Tree, unquoted } from './tree.js';
import { both, compared, either, not, type Comparable, type Truth } from './truth.js';

/** What is known of a span that is asked about. */
export interface AskedSpan {
  readonly service: string;
  readonly name: string;
  /** `internal`, `server`, … */
  readonly kind: string;
  readonly status: 'ok' | 'error';
  /** Milliseconds. */
  readonly duration: number;
  readonly attributes: ReadonlyMap<string, Comparable>;
  /** Whether spans may have an attribute. Where they may and this one has not, no comparison holds. */
  mayHave(attribute: string): boolean;
}

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

function durationOf(text: string): number {
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)([a-zµ]+)/g))
    total += Number(count) * (milliseconds[unit ?? ''] ?? NaN);
  return total;
}

/** A span that nothing has gone wrong with has no status of its own. */
const words: Readonly<Record<string, Comparable>> = { unset: 'ok', true: true, false: false };

function written(value: Tree): Comparable {
  const [part] = value.parts;
  switch (part?.name) {
    case 'String':
      return unquoted(part.text);
    case 'Integer':
    case 'Float':
      return Number(part.text);
    case 'Duration':
      return durationOf(part.text);
    default:
      return words[value.text] ?? value.text;
  }
}

function intrinsic(field: string, span: AskedSpan): Comparable | undefined {
  switch (field.replace(/^(?:span|trace):/, '')) {
    case 'name':
    case 'rootName':
      return span.name;
    case 'rootServiceName':
    case 'rootService':
      return span.service;
    case 'duration':
    case 'traceDuration':
      return span.duration;
    case 'status':
      return span.status;
    case 'kind':
      return span.kind;
    default:
      return undefined;
  }
}

/** What a side of a comparison says: a value, `absent` where this span has none, or undefined where that is not known. */
function operand(side: Tree, span: AskedSpan): { readonly value: Comparable } | 'absent' | undefined {
  const [part] = side.parts;
  if (side.isBroken || part === undefined) return undefined;
  if (part.name === 'Static') return { value: written(part) };
  if (part.name === 'IntrinsicField') {
    const value = intrinsic(part.text, span);
    return value === undefined ? undefined : { value };
  }
  const name = part.named('Identifier')[0]?.text;
  if (part.name !== 'AttributeField' || name === undefined) return undefined;
  if (name === 'service.name') return { value: span.service };
  const value = span.attributes.get(name);
  if (value !== undefined) return { value };
  return span.mayHave(name) ? 'absent' : undefined;
}

/** Whether an attribute is there at all. */
function isThere(found: ReturnType<typeof operand>, operator: string): Truth {
  if (found === undefined) return undefined;
  return (operator === '!=') === (found !== 'absent');
}

function condition(expression: Tree, span: AskedSpan): Truth {
  if (expression.isBroken) return undefined;
  const [left, operator, right] = expression.parts;
  if (left === undefined) return undefined;
  if (operator === undefined || right === undefined) {
    if (left.name !== 'FieldExpression') return undefined;
    const holds = condition(left, span);
    return expression.text.startsWith('!') ? not(holds) : holds;
  }
  if (operator.name === 'And') return both(condition(left, span), condition(right, span));
  if (operator.name === 'Or') return either(condition(left, span), condition(right, span));
  const [found, wanted] = [operand(left, span), operand(right, span)];
  if (right.text === 'nil') return isThere(found, operator.text);
  if (found === undefined || wanted === undefined) return undefined;
  if (found === 'absent' || wanted === 'absent') return false;
  return compared(found.value, operator.text, wanted.value);
}

/** Of sets of spans: a trace is made up by its first span alone, so that one side is enough where spans of both are asked for. */
function pipeline(tree: Tree, span: AskedSpan): Truth {
  if (tree.isBroken) return undefined;
  if (tree.name === 'SpansetFilter') return tree.parts[0] === undefined || condition(tree.parts[0], span);
  const [left, operator, right] = tree.parts;
  if (left === undefined) return undefined;
  const holds = pipeline(left, span);
  if (operator === undefined || right === undefined || operator.name === 'Pipe') return holds;
  return either(holds, pipeline(right, span));
}

/** Which traces a TraceQL query asks for. What is not understood excludes nothing. */
export function traceFilter(query: string): (span: AskedSpan) => boolean {
  const tree = new Tree(parser.parse(query).topNode, query);
  return (span) => pipeline(tree, span) !== false;
}
