/** @jsx h */
'use client';

function h(tag: string, props: object | null): unknown {
  return { tag, ...props };
}

export function Button({ label }: { label: string }): unknown {
  return <button title={label} />;
}
declare namespace h {
  namespace JSX {
    interface IntrinsicElements {
      button: { title: string };
    }
  }
}
