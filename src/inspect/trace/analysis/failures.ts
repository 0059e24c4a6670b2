import { at, none, spanAt, type Trace } from '../tree/trace.js';

/** An error where it arose, with those above it that failed of it. */
export interface Failure {
  /** The deepest span that failed: none of its children did. */
  readonly span: number;
  /** From it upwards, each of which failed too, without the span itself; the nearest twenty. */
  readonly above: readonly number[];
  /** Whether it reached the root: what failed below a span that did not was caught there. */
  readonly reachesRoot: boolean;
  readonly type: string;
  readonly message: string;
}

const longestChain = 20;

/** The errors of a trace, in the order in which they arose. */
export function failuresOf(trace: Trace): readonly Failure[] {
  const { spans, parent, end, order } = trace;
  const hasFailedChild = new Uint8Array(spans.length);
  const failsRoot = new Uint8Array(spans.length);
  for (const span of order) {
    const above = at(parent, span);
    if (!spanAt(trace, span).isError) continue;
    if (above !== none) hasFailedChild[above] = 1;
    if (above === none || failsRoot[above] === 1) failsRoot[span] = 1;
  }
  const found: Failure[] = [];
  for (let span = 0; span < spans.length; span++) {
    if (!spanAt(trace, span).isError || hasFailedChild[span] === 1) continue;
    const above: number[] = [];
    let next = at(parent, span);
    while (next !== none && spans[next]?.isError === true && above.length < longestChain) {
      above.push(next);
      next = at(parent, next);
    }
    found.push({ span, above, reachesRoot: failsRoot[span] === 1, ...reasonOf(trace, span) });
  }
  return found.sort((a, b) => at(end, a.span) - at(end, b.span) || a.span - b.span);
}

/** What a span says of its failure: the last exception, else the attribute `error.type` and the status. */
function reasonOf(trace: Trace, span: number): Pick<Failure, 'type' | 'message'> {
  const { attributes, events, statusMessage } = spanAt(trace, span);
  const exception = events.findLast(
    (event) =>
      event.name === 'exception' ||
      event.attributes.has('exception.type') ||
      event.attributes.has('exception.message'),
  );
  const type = exception?.attributes.get('exception.type') ?? attributes.get('error.type') ?? '';
  const message = exception?.attributes.get('exception.message') ?? statusMessage;
  return { type: String(type), message: String(message) };
}
