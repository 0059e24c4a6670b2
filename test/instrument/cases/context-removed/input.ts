import { EventEmitter } from 'node:events';

const emitter = new EventEmitter<{ data: [string]; end: [] }>();
export const seen: string[] = [];

function onData(text: string): void {
  seen.push(text);
}

function onEnd(): void {
  seen.push('end');
}

const onOther = (): void => {
  seen.push('other');
};

class Listener {
  readonly #own: string;
  constructor(own: string) {
    this.#own = own;
  }
  listen(): void {
    emitter.on('end', this.onEnd);
    emitter.on('end', this.bound);
    emitter.once('end', this.handle.bind(this));
  }
  stop(): void {
    emitter.off('end', this.onEnd);
  }
  onEnd(): void {
    seen.push('a listener');
  }
  readonly bound = (): void => {
    seen.push(`bound ${this.#own}`);
  };
  handle(): void {
    seen.push(`handled ${this.#own}`);
  }
}

export function run(): string[] {
  const listener = new Listener('own');
  listener.listen();
  emitter.on('data', onData);
  emitter.once('end', onEnd);
  emitter.addListener('end', onOther);
  emitter.on('end', function self() {
    seen.push('self');
    emitter.removeListener('end', self);
  });
  emitter.on('data', (text) => seen.push(`${text}!`)).on('end', () => seen.push('chained'));
  const target = new EventTarget();
  target.addEventListener('x', onEnd);
  target.addEventListener('x', onEnd);
  target.addEventListener('x', () => seen.push('target'));
  target.dispatchEvent(new Event('x'));
  emitter.emit('data', 'one');
  emitter.off('data', onData);
  emitter.emit('data', 'two');
  emitter.emit('end');
  listener.stop();
  emitter.emit('end');
  return seen;
}
