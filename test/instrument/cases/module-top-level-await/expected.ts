import { spans, traceCall, traceFunction } from './generated/instrument.js';

(load as unknown) = traceFunction(spans.functionCall, 'load', load);
export const loaded = await load();

export async function load(): Promise<string> {
  await null;
  return 'loaded';
}

export const dynamic = await import('./other.js').then(({ other }) => traceCall(spans.expressionCall, () => other()));
