import { other } from './other';
import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument';
// @ts-expect-error: a function is given its traced form
prepare = traceFunction(spans.functionCall, 'prepare', prepare);

export async function run(text: string): Promise<string> {
  return `${text} ${other()}`;
}
// @ts-expect-error: a function is given its traced form
run = traceFunction(spans.functionCall, 'run', run);

export default function main(): string { return traceCall(spans.functionCall, (): string => {
  return prepared;
}); }

export const prepared = prepare('early');

export function prepare(text: string): string {
  return text.toUpperCase();
}

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  run(): string {
    return main();
  }
}

export const arrow = traceFunction(spans.expressionCall, 'arrow', (): string => prepare('arrow'));
