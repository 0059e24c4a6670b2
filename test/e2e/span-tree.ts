import type { ArrivedSpan } from '../sdk/otlp-decode.js';

/** A span with what is below it. */
export type SpanTree = readonly [name: string, ...below: SpanTree[]];

/** What tells spans of one name apart. */
const distinctive = ['gen_ai.agent.name', 'gen_ai.tool.name', 'step'] as const;

/** The spans below one, as a tree of their names, in the order of their names and of what tells them apart. */
export function treeOf(spans: readonly ArrivedSpan[], parentId: string): readonly SpanTree[] {
  return spans
    .filter((span) => span.parentId === parentId)
    .map((span): SpanTree => [titleOf(span), ...treeOf(spans, span.spanId)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** `agent.tool_call search`: a span's name, and which it is. */
export function titleOf({ name, attributes }: ArrivedSpan): string {
  const values = distinctive.map((key) => attributes[key]);
  return [name, ...values.filter((value) => typeof value === 'string' || typeof value === 'number')].join(
    ' ',
  );
}
