import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const reads: string[] = [];

export function tricky(): object {
  return {
    get then(): undefined { return traceCall(spans.objectMethod, (): undefined => {
      reads.push('then');
      return undefined;
    }); },
    get constructor(): ObjectConstructor { return traceCall(spans.objectMethod, (): ObjectConstructor => {
      reads.push('constructor');
      return Object;
    }); },
  };
}
(tricky as unknown) = traceFunction(spans.functionCall, 'tricky', tricky);

export function proxied(): object {
  return new Proxy(
    {},
    {
      get(_, key) { return traceCall(spans.objectMethod, () => {
        reads.push(`get ${String(key)}`);
        return undefined;
      }); },
      getPrototypeOf() { return traceCall(spans.objectMethod, () => {
        reads.push('prototype');
        return Object.prototype;
      }); },
    },
  );
}
(proxied as unknown) = traceFunction(spans.functionCall, 'proxied', proxied);
