import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

type Level = 'low' | 'high';

export class Settings {
  static {
    traceMethod(spans.methodCall, this.prototype, 'size');
  }

  level: Level;
  readonly text: string;
  private cache: Map<string, string> | undefined;
  constructor(given: Level | undefined, text?: string) {
    const span = traceConstruction(spans.instanceMade);
    try {
    given ??= 'low';
    this.level = given;
    if (text === undefined) {
      this.text = 'none';
      return;
    }
    this.text = text;
    this.cache = new Map([[text, given]]);
    const found = this.cache.get(text);
    this.level = found === 'high' ? found : 'low';
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  size(): number {
    return this.cache?.size ?? 0;
  }
}
