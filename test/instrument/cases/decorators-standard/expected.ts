import { spans, traceCall, traceFunction, traced } from './generated/instrument.js';

export const log: string[] = [];

function logged<T extends (this: never, ...args: never[]) => unknown>(method: T, context: ClassMethodDecoratorContext): T {
  log.push(`decorated ${String(context.name)}`);
  return function (this: never, ...args: never[]) { return traceCall(spans.expressionCall, () => {
    log.push(`called ${String(context.name)}`);
    return method.apply(this, args);
  }); } as unknown as T;
}
(logged as unknown) = traceFunction(spans.functionCall, 'logged', logged);

function register(target: new () => object, context: ClassDecoratorContext): void {
  log.push(`class ${String(context.name)} ${target.name}`);
}
(register as unknown) = traceFunction(spans.functionCall, 'register', register);

function initialised(_: undefined, context: ClassFieldDecoratorContext) {
  return (value: number): number => traceCall(spans.expressionCall, (): number => {
    log.push(`field ${String(context.name)}`);
    return value + 1;
  });
}
(initialised as unknown) = traceFunction(spans.functionCall, 'initialised', initialised);

@register
export class Agent {
  @initialised retries = 1;

  @logged
  @traced(spans.methodCall)
  run(task: string): string {
    return `ran ${task}`;
  }

  @logged
  @traced(spans.methodCall)
  static async make(): Promise<string> {
    return 'made';
  }

  @logged @logged @traced(spans.methodCall) twice(): number {
    return this.retries;
  }
}
