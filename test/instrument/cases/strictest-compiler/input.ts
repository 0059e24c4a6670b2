export class Agent {
  readonly #tasks: readonly string[];

  constructor(tasks: readonly string[]) {
    this.#tasks = tasks;
  }

  run(index: number): string | undefined {
    return this.#find(index);
  }

  get size(): number {
    return this.#tasks.length;
  }

  #find(index: number): string | undefined {
    return this.#tasks[index];
  }
}

export function start(tasks: readonly string[] = []): Agent {
  return new Agent(tasks);
}

export const later = async (agent: Agent): Promise<readonly (string | undefined)[]> =>
  Promise.all([0, 1].map(async (index) => agent.run(index)));

export default function (text: string): text is 'a' {
  return text === 'a';
}
