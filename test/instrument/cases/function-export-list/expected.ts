import { spans, traceFunction } from './generated/instrument.js';

function run(task: string): string {
  return `ran ${task}`;
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);

function stop(): void {}
(stop as unknown) = traceFunction(spans.functionCall, 'stop', stop);

export { run as start, stop, run };
