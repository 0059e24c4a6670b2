import { spans, traceFunction } from './generated/instrument.js';

function scripted(): string {
  return 'scripted';
}
(scripted as unknown) = traceFunction(spans.functionCall, 'scripted', scripted);

(globalThis as Record<string, unknown>)['scripted'] = scripted();
