export class Single {
  static instance: Single | undefined;
  readonly made: boolean = true;
  constructor(fresh: boolean) {
    if (!fresh && Single.instance !== undefined) return Single.instance;
    Single.instance = this;
  }
}

export class Proxied {
  [key: string]: unknown;
  constructor() {
    return new Proxy(this, { get: (_, key) => `read ${String(key)}` });
  }
}
