interface Tool {
  readonly name: string;
  execute(text: string): string;
}

export class Search implements Tool {
  readonly name = 'search';
  execute(text: string): string {
    return `${this.name} ${text}`;
  }
}

export class Stranger {
  readonly name = 'stranger';
  execute(text: string): string {
    return text;
  }
}

class Base {
  run(): string {
    return 'base';
  }
}

export class Derived extends Base {
  override run(): string {
    return `derived ${super.run()}`;
  }
}
