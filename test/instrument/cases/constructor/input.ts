export class Agent {
  readonly name: string;
  ready = false;
  constructor(name: string, options: { readonly loud?: boolean } = {}) {
    if (name === '') throw new TypeError('no name');
    this.name = options.loud === true ? name.toUpperCase() : name;
    this.ready = true;
  }
}

export class Empty {
  constructor() {}
}
