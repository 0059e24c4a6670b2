import { spans as spans1, traceFunction as traceFunction1, traceMethod as traceMethod1 } from './generated/instrument.js';

const spans = ['taken'];
const traceMethod = 'taken';

export function traceFunction(text: string): string {
  return `${text} ${spans.join()} ${traceMethod}`;
}
(traceFunction as unknown) = traceFunction1(spans1.functionCall, 'traceFunction', traceFunction);

export class Agent {
  static {
    traceMethod1(spans1.methodCall, this.prototype, 'run');
  }

  run(spans: number): number {
    const traceCall = spans + 1;
    return traceCall;
  }
}

export function shadow(tracePrivate: string): string {
  return tracePrivate;
}
(shadow as unknown) = traceFunction1(spans1.functionCall, 'shadow', shadow);
