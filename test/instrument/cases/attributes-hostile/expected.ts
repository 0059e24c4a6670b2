import { spans, traceFunction } from './generated/instrument.js';

export function run(value: unknown): string {
  return typeof value;
}
(run as unknown) = traceFunction(spans.agentRun, { name: 'args.0.name' }, 'run', run);
