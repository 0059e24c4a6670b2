export interface Tool<I, O> {
  readonly name: string;
  execute(input: I): Promise<O>;
}

export class Length implements Tool<string, number> {
  readonly name = 'length';
  async execute(input: string): Promise<number> {
    return input.length;
  }
}

export const tools: readonly Tool<string, unknown>[] = [new Length()];
