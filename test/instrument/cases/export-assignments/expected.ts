import { spans, traceFunction } from './generated/instrument.js';

function helper(): string {
  return 'helper';
}
(helper as unknown) = traceFunction(spans.functionCall, 'helper', helper);

export const api = { helper, nested: { helper } };
export { helper as default };
export type { Api };
type Api = typeof api;
