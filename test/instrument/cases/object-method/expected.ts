import { spans, traceCall } from './generated/instrument.js';

const key = 'computed';

export const api = {
  name: 'api',
  sync(value: number): string { return traceCall(spans.objectMethod, (): string => {
    return `${this.name} ${value}`;
  }); },
  async later(value: number): Promise<string> { return await traceCall(spans.objectMethod, async (): Promise<string> => {
    return `${this.name} ${value}`;
  }); },
  *values(): Generator<string> {
    yield this.name;
  },
  async *stream(): AsyncGenerator<string> {
    yield this.name;
  },
  [key](): string { return traceCall(spans.objectMethod, (): string => {
    return 'computed';
  }); },
  [Symbol.toPrimitive](): string { return traceCall(spans.objectMethod, (): string => {
    return 'primitive';
  }); },
  'quoted-name'(): string { return traceCall(spans.objectMethod, (): string => {
    return 'quoted';
  }); },
  12(): string { return traceCall(spans.objectMethod, (): string => {
    return 'number';
  }); },
  get size(): number { return traceCall(spans.objectMethod, (): number => {
    return this.name.length;
  }); },
  set size(value: number) { traceCall(spans.objectMethod, () => {
    this.name = 'x'.repeat(value);
  }); },
};
