import { inspect } from 'node:util';

type Handler = (value: string) => unknown;

const bus = {
  all: [] as unknown[],
  use(...given: unknown[]): void {
    this.all.push(...given.map((each) => (typeof each === 'function' ? (each as Handler)('v') : each)));
  },
  register(name: string, handler: Handler): void {
    this.all.push(name, handler(name));
  },
};

class Plugin {
  readonly name = 'plugin';
}

const name = 'a name';
const upper = (value: string): string => value.toUpperCase();
function* values(value: string): Generator<string> {
  yield value;
}

export function run(handler: Handler, options: object, onValue?: Handler): unknown[] {
  bus.use(upper);
  bus.use(Plugin.name, name, options);
  bus.use(values);
  bus.use(inspect);
  bus.register(name, handler);
  bus.register('inline', function named(value) {
    return [value, named.name];
  });
  bus.use(onValue);
  bus.use(upper as Handler, (upper));
  bus.use(...[upper]);
  return bus.all;
}
