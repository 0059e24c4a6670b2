/** @jsx h */
const h = (tag, props, ...children) => ({ tag, props, children });

export const Item = ({ text }) => <li title={text}>{text}</li>;

export function List({ items }) {
  return <ul>{items.map((item) => <li key={item}>{item}</li>)}</ul>;
}
