import { spans, traceFunction } from './generated/instrument.js';

export async function crash(): Promise<void> {
  throw new Error('nobody listens');
}
(crash as unknown) = traceFunction(spans.functionCall, 'crash', crash);

export const crashLater = traceFunction(spans.expressionCall, 'crashLater', async (): Promise<void> => {
  await null;
  throw new Error('nobody listens here either');
});
