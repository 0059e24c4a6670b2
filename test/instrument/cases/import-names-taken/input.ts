const spans = ['taken'];
const traceMethod = 'taken';

export function traceFunction(text: string): string {
  return `${text} ${spans.join()} ${traceMethod}`;
}

export class Agent {
  run(spans: number): number {
    const traceCall = spans + 1;
    return traceCall;
  }
}

export function shadow(tracePrivate: string): string {
  return tracePrivate;
}
