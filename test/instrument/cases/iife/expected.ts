import { spans, traceCall } from './generated/instrument.js';

export const value = (() => {
  const secret = 4;
  return secret * 2;
})();

export const counter = (function () {
  let count = 0;
  return { next: () => traceCall(spans.expressionCall, () => (count += 1)) };
})();

export const log: string[] = [];
void (async () => { await traceCall(spans.expressionCall, async () => {
  log.push('begun');
  await null;
  log.push('ended');
}); })();
(function bare(this: unknown) {
  log.push(String(this));
}).call('self');
