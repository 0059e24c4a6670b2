export abstract class Tool {
  abstract readonly name: string;
  abstract execute(input: string): Promise<string>;
  abstract get level(): number;
  run(input: string): Promise<string> {
    return this.execute(input);
  }
}

export class Search extends Tool {
  readonly name = 'search';
  get level(): number {
    return 2;
  }
  async execute(input: string): Promise<string> {
    return `${this.name} ${input}`;
  }
}

export declare class Ambient {
  run(): void;
  static make(): Ambient;
}
