/** @jsx h */
import { spans, traceCall, traceFunction } from './generated/instrument.js';

const h = (tag, props, ...children) => traceCall(spans.expressionCall, () => ({ tag, props, children }));

export const Item = ({ text }) => traceCall(spans.expressionCall, () => <li title={text}>{text}</li>);

export function List({ items }) {
  return <ul>{items.map((item) => traceCall(spans.expressionCall, () => <li key={item}>{item}</li>))}</ul>;
}
List = traceFunction(spans.functionCall, 'List', List);
