export function outer(spans: string): () => string {
  const traceFunction = (text: string): string => `${text} of my own`;
  const inner = (): string => traceFunction(spans);
  return inner;
}

export class Agent {
  run(traceCall: (text: string) => string): { say(): string } {
    return {
      say(): string {
        return traceCall('said');
      },
    };
  }
}
