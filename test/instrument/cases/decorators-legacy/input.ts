export const log: string[] = [];

function logged(_target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  const original = descriptor.value as (...args: unknown[]) => unknown;
  log.push(`decorated ${String(name)}`);
  descriptor.value = function (this: unknown, ...args: unknown[]): unknown {
    log.push(`called ${String(name)}`);
    return original.apply(this, args);
  };
}

function Injectable(): ClassDecorator {
  return (target) => {
    log.push(`class ${target.name}`);
  };
}

function param(_target: object, name: string | symbol | undefined, index: number): void {
  log.push(`parameter ${String(name)} ${index}`);
}

@Injectable()
export class Service {
  constructor(@param private readonly prefix: string) {}

  @logged
  run(@param task: string): string {
    return this.prefix + task;
  }

  @logged
  static async make(): Promise<Service> {
    return new Service('made ');
  }
}
