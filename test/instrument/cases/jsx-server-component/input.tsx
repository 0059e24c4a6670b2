/** @jsx h */
import { readFile } from 'node:fs/promises';

type Node = { readonly tag: unknown; readonly props: object | null; readonly children: unknown[] };

function h(tag: unknown, props: object | null, ...children: unknown[]): Node {
  return { tag, props, children };
}

declare namespace h {
  namespace JSX {
    type Element = Node;
    interface IntrinsicElements {
      form: { action: (text: string) => Promise<string>; children?: unknown };
      p: { children?: unknown };
    }
  }
}

export const metadata = { title: 'A page' };

export async function generateStaticParams(): Promise<{ id: string }[]> {
  return [{ id: '1' }];
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  async function save(text: string): Promise<string> {
    'use server';
    return `${id} ${text} ${typeof readFile}`;
  }
  return (
    <form action={save}>
      <p>{id}</p>
    </form>
  );
}
