export const log: string[] = [];

function logged<T extends (this: never, ...args: never[]) => unknown>(method: T, context: ClassMethodDecoratorContext): T {
  log.push(`decorated ${String(context.name)}`);
  return function (this: never, ...args: never[]) {
    log.push(`called ${String(context.name)}`);
    return method.apply(this, args);
  } as unknown as T;
}

function register(target: new () => object, context: ClassDecoratorContext): void {
  log.push(`class ${String(context.name)} ${target.name}`);
}

function initialised(_: undefined, context: ClassFieldDecoratorContext) {
  return (value: number): number => {
    log.push(`field ${String(context.name)}`);
    return value + 1;
  };
}

@register
export class Agent {
  @initialised retries = 1;

  @logged
  run(task: string): string {
    return `ran ${task}`;
  }

  @logged
  static async make(): Promise<string> {
    return 'made';
  }

  @logged @logged twice(): number {
    return this.retries;
  }
}
