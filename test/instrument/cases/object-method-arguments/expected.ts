import { spans, traceCall } from './generated/instrument.js';

export const api = {
  count(): number { return traceCall(spans.objectMethod, (): number => {
    return arguments.length;
  }); },
  defaulted(value = this.count(), ...rest: number[]): number { return traceCall(spans.objectMethod, (): number => {
    return value + rest.length;
  }); },
};
