import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const compose =
  traceFunction(spans.expressionCall, 'compose', <A, B, C>(
    first: (value: A) => B,
    second: (value: B) => C,
  ) =>
  (value: A) =>
    traceCall(spans.expressionCall, () => second(
      first(value),
    )));

export const long = traceFunction(spans.expressionCall, 'long', (text: string) =>
  text
    .split('')
    .map((letter) =>
      traceCall(spans.expressionCall, () => letter === 'a'
        ? letter.toUpperCase()
        : letter),
    )
    .join(''));
