import { spans, traceConstruction, traceFunction, traceMethod } from './generated/instrument.js';

export function run(task, times = 1) {
  const results = [];
  for (let index = 0; index < times; index++) results.push(task(index));
  return results;
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);

export const find = (list, wanted) => list.find((item) => item.name === wanted);

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  name;
  constructor(name) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.name = name;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  run(task) {
    return task.call(this, this.name);
  }
}
