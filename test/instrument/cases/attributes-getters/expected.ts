import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export const reads: string[] = [];

export function options(fail = ''): { readonly config: { readonly name: string; readonly size: number } } {
  return {
    get config() { return traceCall(spans.agentRun, { name: 'this.name', state: 'result.state' }, { this: this }, () => {
      reads.push('config');
      return {
        get name(): string { return traceCall(spans.agentRun, { name: 'this.name', state: 'result.state' }, { this: this }, (): string => {
          reads.push('name');
          if (fail === 'name') throw new Error('no name');
          return 'a';
        }); },
        get size(): number { return traceCall(spans.agentRun, { name: 'this.name', state: 'result.state' }, { this: this }, (): number => {
          reads.push('size');
          return 1;
        }); },
      };
    }); },
  };
}
(options as unknown) = traceFunction(spans.agentRun, { name: 'args.0.config.name', size: 'args.0.config.size' }, 'options', options);

export class Agent {
  static {
    traceMethod(spans.agentRun, { name: 'this.name', state: 'result.state' }, this.prototype, 'run');
  }

  get name(): string {
    reads.push('this.name');
    return 'agent';
  }
  run(): { readonly state: string } {
    return {
      get state(): string { return traceCall(spans.agentRun, { name: 'this.name', state: 'result.state' }, { this: this }, (): string => {
        reads.push('state');
        return 'done';
      }); },
    };
  }
}

export function run(_options: unknown): string {
  return 'ran';
}
(run as unknown) = traceFunction(spans.agentRun, { name: 'args.0.config.name', size: 'args.0.config.size' }, 'run', run);
