// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Budget } from '../cost/budget.js';
import type { Usage } from '../cost/usage.js';
import { builtinModule } from '../host.js';
import { shared } from '../shared.js';
import { keepAlive } from './environment.js';
import type { AnySpan } from './environment.js';
import type { ModelCall } from './model-call.js';

/** A run while it lasts, as calls inside it see it. */
export interface RunState {
  readonly agent: string;
  /** The run that started it. */
  readonly above: RunState | undefined;
  /** How many agents stand above it. */
  readonly depth: number;
  readonly span: AnySpan;
  readonly budget: Budget | undefined;
  /** Calls of tools by the hash of their arguments. */
  readonly seen: Map<string, number>;
  usage: Usage;
  cost: number;
  /** Calls of models, and the steps that the program itself has counted. */
  modelCalls: number;
  ownSteps: number;
  repeatedCalls: number;
}

/** What is under way where code runs. */
interface Scope {
  readonly run: RunState | undefined;
  readonly call: ModelCall | undefined;
  /** The tool whose span is open. */
  readonly tool: string | undefined;
}

interface Storage {
  getStore(): Scope | undefined;
  run<R>(scope: Scope, work: () => R): R;
}

const storage = shared('agent scope', (): Storage | undefined => {
  const module = builtinModule('node:async_hooks') as
    { readonly AsyncLocalStorage: new () => Storage } | undefined;
  return module === undefined ? undefined : new module.AsyncLocalStorage();
});

const empty: Scope = { run: undefined, call: undefined, tool: undefined };

function runWith<R>(change: Partial<Scope>, work: () => R): R {
  if (storage === undefined) return work();
  return storage.run({ ...empty, ...storage.getStore(), ...change }, work);
}

/** The run that code belongs to. */
export function currentRun(): RunState | undefined {
  return storage?.getStore()?.run;
}

/** Something happens in a run, and so in those above it. */
export function touchRun(run: RunState | undefined): void {
  for (let at = run; at !== undefined; at = at.above) keepAlive(at.span);
}

/** The model call that a request is sent for. */
export function currentCall(): ModelCall | undefined {
  return storage?.getStore()?.call;
}

/** The tool that is being called. */
export function currentTool(): string | undefined {
  return storage?.getStore()?.tool;
}

/** Work of a run: a call or tool above it is none of its own. */
export function inRun<R>(run: RunState | undefined, work: () => R): R {
  return runWith({ run, call: undefined, tool: undefined }, work);
}

/** The sending of a model call. */
export function inCall<R>(call: ModelCall, work: () => R): R {
  return runWith({ call }, work);
}

/** Work of a tool: models that it calls are calls of their own. */
export function inTool<R>(tool: string, work: () => R): R {
  return runWith({ tool, call: undefined }, work);
}
