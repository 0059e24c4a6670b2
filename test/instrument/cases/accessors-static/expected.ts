import { spans, traceAccessor } from './generated/instrument.js';

export class Settings {
  static {
    traceAccessor(spans.accessorRead, this, 'get', 'level');
    traceAccessor(spans.accessorWrite, this, 'set', 'level');
  }

  static #level = 1;
  static get level(): number {
    return Settings.#level;
  }
  static set level(value: number) {
    Settings.#level = value;
  }
}
