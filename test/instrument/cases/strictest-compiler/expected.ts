import { spans, traceAccessor, traceCall, traceConstruction, traceFunction, traceMethod, tracePrivate } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'size');
  }

  readonly #tasks: readonly string[];

  constructor(tasks: readonly string[]) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.#tasks = tasks;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }

  run(index: number): string | undefined {
    return this.#find(index);
  }

  get size(): number {
    return this.#tasks.length;
  }

  #findUntraced(index: number): string | undefined {
    return this.#tasks[index];
  }

  get #find() {
    return tracePrivate(spans.methodCall, '#find', this.#findUntraced);
  }
}

export function start(tasks: readonly string[] = []): Agent {
  return new Agent(tasks);
}
(start as unknown) = traceFunction(spans.functionCall, 'start', start);

export const later = traceFunction(spans.expressionCall, 'later', async (agent: Agent): Promise<readonly (string | undefined)[]> =>
  Promise.all([0, 1].map(async (index) => await traceCall(spans.expressionCall, async () => agent.run(index)))));

export default function defaultFunction (text: string): text is 'a' {
  return text === 'a';
}
(defaultFunction as unknown) = traceFunction(spans.functionCall, 'default', defaultFunction);
