export const reads: string[] = [];

export function options(fail = ''): { readonly config: { readonly name: string; readonly size: number } } {
  return {
    get config() {
      reads.push('config');
      return {
        get name(): string {
          reads.push('name');
          if (fail === 'name') throw new Error('no name');
          return 'a';
        },
        get size(): number {
          reads.push('size');
          return 1;
        },
      };
    },
  };
}

export class Agent {
  get name(): string {
    reads.push('this.name');
    return 'agent';
  }
  run(): { readonly state: string } {
    return {
      get state(): string {
        reads.push('state');
        return 'done';
      },
    };
  }
}

export function run(_options: unknown): string {
  return 'ran';
}
