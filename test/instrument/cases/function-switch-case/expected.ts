import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function choose(kind: string): string {
  switch (kind) {
    case 'early':
      return later();
    case 'late': {
      return later();
    }
    default:
      function later(): string { return traceCall(spans.functionCall, (): string => {
        return `${kind} chosen`;
      }); }
      return later();
  }
}
(choose as unknown) = traceFunction(spans.functionCall, 'choose', choose);
