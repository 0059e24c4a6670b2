import { spans, traceCall, traceFunction } from './generated/instrument.js';

interface Plugin<O> {
  readonly options: O;
  setup(options: O): void;
  transform?: (code: string, id: string) => string | undefined;
  load(this: { emit(text: string): void }, id: string): Promise<string>;
}

function define<O>(plugin: Plugin<O>): Plugin<O> {
  return plugin;
}
(define as unknown) = traceFunction(spans.functionCall, 'define', define);

export const log: unknown[] = [];

export const plugin = define({
  options: { level: 3 },
  setup(options) { traceCall(spans.objectMethod, () => {
    log.push(options.level);
  }); },
  transform: (code, id) => traceCall(spans.expressionCall, () => (id.endsWith('.ts') ? code : undefined)),
  async load(id) { return await traceCall(spans.objectMethod, async () => {
    this.emit(id);
    return id;
  }); },
});
