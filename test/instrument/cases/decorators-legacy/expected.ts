import { spans, traceCall, traceConstruction, traceFunction, traced } from './generated/instrument.js';

export const log: string[] = [];

function logged(_target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  const original = descriptor.value as (...args: unknown[]) => unknown;
  log.push(`decorated ${String(name)}`);
  descriptor.value = function (this: unknown, ...args: unknown[]): unknown { return traceCall(spans.expressionCall, (): unknown => {
    log.push(`called ${String(name)}`);
    return original.apply(this, args);
  }); };
}
(logged as unknown) = traceFunction(spans.functionCall, 'logged', logged);

function Injectable(): ClassDecorator {
  return (target) => { traceCall(spans.expressionCall, () => {
    log.push(`class ${target.name}`);
  }); };
}
(Injectable as unknown) = traceFunction(spans.functionCall, 'Injectable', Injectable);

function param(_target: object, name: string | symbol | undefined, index: number): void {
  log.push(`parameter ${String(name)} ${index}`);
}
(param as unknown) = traceFunction(spans.functionCall, 'param', param);

@Injectable()
export class Service {
  constructor(@param private readonly prefix: string) { traceConstruction(spans.instanceMade).end();}

  @logged
  @traced(spans.methodCall)
  run(@param task: string): string {
    return this.prefix + task;
  }

  @logged
  @traced(spans.methodCall)
  static async make(): Promise<Service> {
    return new Service('made ');
  }
}
