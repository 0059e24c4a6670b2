interface Plugin<O> {
  readonly options: O;
  setup(options: O): void;
  transform?: (code: string, id: string) => string | undefined;
  load(this: { emit(text: string): void }, id: string): Promise<string>;
}

function define<O>(plugin: Plugin<O>): Plugin<O> {
  return plugin;
}

export const log: unknown[] = [];

export const plugin = define({
  options: { level: 3 },
  setup(options) {
    log.push(options.level);
  },
  transform: (code, id) => (id.endsWith('.ts') ? code : undefined),
  async load(id) {
    this.emit(id);
    return id;
  },
});
