// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { capturesContent } from '../traces/span-attribute.js';
import { argumentHash } from './argument-hash.js';
import { startSpan } from './environment.js';
import type { AgentEnvironment, AnySpan } from './environment.js';
import { isAsyncIterable, watchedIterator } from './iterator.js';
import { toolFailure } from './outcomes.js';
import { currentRun, currentTool, inTool, touchRun } from './scope.js';

type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/** Calls of a run that are kept apart; what comes after them is not looked for. */
const mostSeen = 1000;

const wrapped = new WeakSet();

/** Measures a tool; see `Agents.wrapTool`. */
export function wrapTool<F extends AnyFunction>(environment: AgentEnvironment, name: string, tool: F): F {
  if (wrapped.has(tool)) return tool;
  const measured = function (this: unknown, ...args: readonly unknown[]): unknown {
    return callTool(environment, name, args[0], (): unknown => Reflect.apply(tool, this, args));
  };
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(tool))) {
    if (key !== 'prototype') Object.defineProperty(measured, key, descriptor);
  }
  wrapped.add(measured);
  return measured as unknown as F;
}

/** What is looked at in the result of a tool that reports failures without throwing. */
export type FailedResult = (result: unknown) => boolean;

/** Calls a tool in its span. A tool that is called through another wrapper of the same name has its span already. */
export function callTool<R>(
  environment: AgentEnvironment,
  tool: string,
  argument: unknown,
  work: () => R,
  hasFailed?: FailedResult,
): R {
  if (currentTool() === tool) return work();
  touchRun(currentRun());
  noteRepeated(environment, tool, argument);
  const span = startSpan(environment.spans.toolCall, { tool, arguments: argument });
  const failed = (error: unknown): void => {
    span.outcome(toolFailure(error));
    span.fail(error);
  };
  const ended = (result: unknown): void => {
    if (capturesContent()) span.set({ result });
    if (hasFailed?.(result) === true) span.outcome('tool_error');
    span.end();
  };
  let result: R;
  try {
    result = inTool(tool, () => span.within(work));
  } catch (error) {
    failed(error);
    throw error;
  }
  return followed(result, span, ended, failed);
}

/** Ends the span when the promise settles, or the generator has given its last value. */
function followed<R>(
  result: R,
  span: AnySpan,
  ended: (result: unknown) => void,
  failed: (error: unknown) => void,
): R {
  if (result instanceof Promise) {
    const isPlain = Object.getPrototypeOf(result) === Promise.prototype;
    const next = result.then(
      (value: unknown) => {
        ended(value);
        return value;
      },
      (error: unknown) => {
        failed(error);
        // Whoever has the promise itself hears of it there.
        if (isPlain) throw error;
      },
    );
    return isPlain ? (next as R) : result;
  }
  if (isAsyncIterable(result) && typeof (result as { next?: unknown }).next === 'function') {
    return watchedIterator(result as never, {
      chunk() {
        span.firstChunk();
      },
      done() {
        ended(undefined);
      },
      left() {
        ended(undefined);
      },
      failed,
    }) as R;
  }
  ended(result);
  return result;
}

/** Counts a call that was made before in the same run with the same arguments: runs that go round in circles do that. */
function noteRepeated(environment: AgentEnvironment, tool: string, argument: unknown): void {
  const run = currentRun();
  if (run === undefined) return;
  try {
    const key = `${tool} ${argumentHash(argument)}`;
    const times = run.seen.get(key) ?? 0;
    if (times > 0) {
      run.repeatedCalls += 1;
      environment.metrics.agentRepeatedCallsTotal?.inc({ agent: run.agent, tool });
    }
    if (times > 0 || run.seen.size < mostSeen) run.seen.set(key, times + 1);
  } catch {
    // Arguments that cannot be looked at, such as a revoked proxy.
  }
}
