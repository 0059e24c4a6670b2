const dynamic = 'made' + 'Up';
export const symbol = Symbol('run');
let reads = 0;
const key = (): string => `read${(reads += 1)}`;

export class Odd {
  'quoted-name'(): string {
    return 'quoted';
  }
  42(): string {
    return 'number';
  }
  [dynamic](): string {
    return 'computed';
  }
  [symbol](): string {
    return 'symbol';
  }
  [key()](): string {
    return 'read once';
  }
  "it's"(): string {
    return 'apostrophe';
  }
  get(): string {
    return 'get';
  }
  static(): string {
    return 'static';
  }
  async(): string {
    return 'async';
  }
  'constructor2'(): string {
    return 'not a constructor';
  }
  $dollar_(): string {
    return 'dollar';
  }
  größe(): string {
    return 'umlaut';
  }
}
