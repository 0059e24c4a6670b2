/** @jsx h */
/** @jsxFrag Fragment */
import { spans, traceCall, traceFunction } from './generated/instrument.js';

type Node = { readonly tag: unknown; readonly props: object | null; readonly children: unknown[] };

function h(tag: unknown, props: object | null, ...children: unknown[]): Node {
  return { tag: typeof tag === 'function' ? tag.name : tag, props, children };
}
(h as unknown) = traceFunction(spans.functionCall, 'h', h);
const Fragment = traceFunction(spans.expressionCall, 'Fragment', (): Node => h('fragment', null));

declare namespace h {
  namespace JSX {
    type Element = Node;
    interface IntrinsicElements {
      li: { key?: string; onClick?: () => void; children?: unknown };
      ul: { children?: unknown };
    }
  }
}

interface Props {
  readonly items: readonly string[];
}

export const Item = traceFunction(spans.expressionCall, 'Item', ({ text }: { readonly text: string }) => <li onClick={() => traceCall(spans.expressionCall, () => undefined)}>{text}</li>);

export function List({ items }: Props) {
  if (items.length === 0) return <></>;
  return (
    <ul>
      {items.map((item) => traceCall(spans.expressionCall, () => (
        <li key={item}>{item}</li>
      )))}
      <Item text="last" />
    </ul>
  );
}
(List as unknown) = traceFunction(spans.functionCall, 'List', List);

export default async function Page(): Promise<Node> {
  return <List items={['a']} />;
}
(Page as unknown) = traceFunction(spans.functionCall, 'Page', Page);
