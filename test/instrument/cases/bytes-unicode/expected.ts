import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export const emoji = '👩‍🚀';

export function größe(文字: string): number {
  return [...文字].length;
}
(größe as unknown) = traceFunction(spans.functionCall, 'größe', größe);

export const ünicode = { naïve: traceFunction(spans.expressionCall, 'naïve', (é: string): string => `${é}👍`) };
// 𝒮𝒸𝓇𝒾𝓅𝓉
export class Ω {
  static {
    traceMethod(spans.methodCall, this.prototype, 'λ');
  }

  λ(): string {
    return '\u{1F600}';
  }
}
