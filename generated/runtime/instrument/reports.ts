// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { failureValue } from '../metrics/failure-value.js';
import type { AnyPaths } from './observed.js';
import type { Values } from './value-paths.js';

interface Method {
  (...values: readonly unknown[]): void;
}

type Pair = readonly unknown[] | undefined;

/** What is told of a call when it has ended, beside its span. */
export class Reports {
  private readonly count: Pair;
  private readonly time: Pair;
  private readonly log: Pair;
  /** By metric, labels that only a result has. */
  private failed: { readonly count: Values; readonly time: Values } | undefined = undefined;

  constructor(count: Pair, time: Pair, log: Pair) {
    this.count = count;
    this.time = time;
    this.log = log;
  }

  /** What is told of a call without a result: its labels have the values that stand for that. */
  tellFailure(seconds: number, labels: readonly Values[]): void {
    const [ofSpan = {}, ofCount, ofTime, fields = {}] = labels;
    // Not sooner: most calls succeed.
    const { count, time } = (this.failed ??= {
      count: withoutResult(this.count),
      time: withoutResult(this.time),
    });
    this.tell(seconds, [ofSpan, { ...count, ...ofCount }, { ...time, ...ofTime }, fields]);
  }

  /** Each by itself: one that fails does not keep the others from being told. */
  tell(seconds: number, labels: readonly Values[]): void {
    const [, ofCount = {}, ofTime = {}, fields = {}] = labels;
    const { count, time, log } = this;
    if (count !== undefined) {
      const { inc } = count[0] as { readonly inc: Method };
      tellOne(() => {
        Reflect.apply(inc, count[0], count[1] === undefined ? [] : [ofCount]);
      });
    }
    if (time !== undefined) {
      const { observe } = time[0] as { readonly observe: Method };
      tellOne(() => {
        Reflect.apply(observe, time[0], time[1] === undefined ? [seconds] : [ofTime, seconds]);
      });
    }
    if (log !== undefined) {
      tellOne(() => {
        (log[0] as Method)(...(log[1] === undefined ? [] : [fields]));
      });
    }
  }
}

/** What stands for the labels of a metric that are read from a result. */
function withoutResult(pair: Pair): Values {
  const values: Values = {};
  for (const [label, path] of Object.entries((pair?.[1] ?? {}) as AnyPaths)) {
    if (path !== undefined && /^result(?:\.|$)/.test(path)) values[label] = failureValue(pair?.[0], label);
  }
  return values;
}

function tellOne(work: () => void): void {
  try {
    work();
  } catch {
    // Telemetry that fails does not fail the program.
  }
}
