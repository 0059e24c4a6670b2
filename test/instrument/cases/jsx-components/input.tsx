/** @jsx h */
/** @jsxFrag Fragment */
type Node = { readonly tag: unknown; readonly props: object | null; readonly children: unknown[] };

function h(tag: unknown, props: object | null, ...children: unknown[]): Node {
  return { tag: typeof tag === 'function' ? tag.name : tag, props, children };
}
const Fragment = (): Node => h('fragment', null);

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

export const Item = ({ text }: { readonly text: string }) => <li onClick={() => undefined}>{text}</li>;

export function List({ items }: Props) {
  if (items.length === 0) return <></>;
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
      <Item text="last" />
    </ul>
  );
}

export default async function Page(): Promise<Node> {
  return <List items={['a']} />;
}
