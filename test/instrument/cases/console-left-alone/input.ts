import * as util from 'node:util';

export function shadowed(console: { log(text: string): void }): void {
  console.log('a parameter');
}

export function local(): string[] {
  const lines: string[] = [];
  const console = { warn: (text: string) => lines.push(text) };
  console.warn('a variable');
  return lines;
}

export function global(): void {
  console.group('group');
  console.log(util.inspect(1));
  console.groupEnd();
  console.assert(true);
  const print = console.log.bind(console, 'bound');
  print();
  console.log.call(console, 'called');
  globalThis.console.log('through the global object');
  (console).log('in parentheses');
}

export const page = {
  evaluate: <T>(work: () => T): T => work(),
};

export const seen = (): string =>
  page.evaluate(() => {
    console.log('in a page');
    return 'seen';
  });
