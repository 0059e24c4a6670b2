// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { addNote } from '../notes.js';
import type { AnyPaths } from './observed.js';

/** Values by the names under which they are recorded. */
export type Values = Record<string, unknown>;

/** A step of paths that begin alike: the property is read once for all of them. */
interface Step {
  readonly key: string | number;
  readonly outputs: Output[];
  readonly steps: Step[];
}

interface Output {
  /** Index in the list of records: attributes, labels, fields. */
  readonly record: number;
  readonly name: string;
}

type Root = 'args' | 'this' | 'result';

const roots: ReadonlySet<string> = new Set<Root>(['args', 'this', 'result']);

/** Paths made ready to be followed: one tree for each thing that they begin with. */
export class ValuePaths {
  /** Whether anything is read when a call begins. */
  readonly readsCall: boolean;
  /** Whether anything is read of what came of it. */
  readonly readsResult: boolean;
  private readonly args: Step = step('');
  private readonly self: Step = step('');
  private readonly result: Step = step('');
  /** Each record as it is before anything was read: objects that have their names from the beginning are filled faster. */
  private readonly ofCall: readonly Values[];
  private readonly ofResult: readonly Values[];

  /**
   * @param records the paths of each record; undefined for one that has none
   * @param constants values of the first record that are the same for each call
   */
  constructor(records: readonly (AnyPaths | undefined)[], constants: Values = {}) {
    const ofCall: Values[] = records.map((_, at) => (at === 0 ? { ...constants } : {}));
    const ofResult: Values[] = records.map(() => ({}));
    let hasConstants = Object.keys(constants).length > 0;
    records.forEach((paths, record) => {
      for (const [name, path] of Object.entries(paths ?? {})) {
        if (path?.startsWith('=') === true) {
          (ofCall[record] as Values)[name] = constantOf(path.slice(1));
          hasConstants = true;
          continue;
        }
        const root = path === undefined ? undefined : this.add(path, { record, name });
        const values = root === 'result' ? ofResult[record] : ofCall[record];
        if (root !== undefined && values !== undefined) values[name] = undefined;
      }
    });
    this.readsCall = !isEmpty(this.args) || !isEmpty(this.self) || hasConstants;
    this.readsResult = !isEmpty(this.result);
    this.ofCall = ofCall;
    this.ofResult = ofResult;
  }

  /** Reads what is known when a call begins: a record each. */
  readCall(self: unknown, args: unknown): readonly Values[] {
    const records = copies(this.ofCall);
    follow(this.args, args, records);
    follow(this.self, self, records);
    return records;
  }

  /** Reads what is known when it has ended. */
  readResult(result: unknown): readonly Values[] {
    const records = copies(this.ofResult);
    follow(this.result, result, records);
    return records;
  }

  private add(path: string, output: Output): Root | undefined {
    const [root = '', ...rest] = path.split('.');
    if (!roots.has(root) || rest.includes('')) {
      addNote('instrument', `\`${path}\` is no path: one begins with args, this or result`);
      return undefined;
    }
    let at = root === 'args' ? this.args : root === 'this' ? this.self : this.result;
    for (const text of rest) {
      const key = keyOf(text);
      let next = at.steps.find((each) => each.key === key);
      if (next === undefined) at.steps.push((next = step(key)));
      at = next;
    }
    at.outputs.push(output);
    return root as Root;
  }
}

/** Of one record mostly. */
function copies(records: readonly Values[]): readonly Values[] {
  return records.length === 1 ? [{ ...records[0] }] : records.map((values) => ({ ...values }));
}

function follow(from: Step, value: unknown, into: readonly Values[]): void {
  const { outputs, steps } = from;
  for (let at = 0; at < outputs.length; at += 1) {
    const { record, name } = outputs[at] as Output;
    (into[record] as Values)[name] = value;
  }
  if (value === undefined || value === null) return;
  for (let at = 0; at < steps.length; at += 1) {
    const next = steps[at] as Step;
    let found: unknown;
    try {
      found = (value as Values)[next.key];
    } catch {
      // A getter that throws, or a proxy that refuses: what it would have said is left out.
      continue;
    }
    if (found !== undefined) follow(next, found, into);
  }
}

function step(key: string | number): Step {
  return { key, outputs: [], steps: [] };
}

function isEmpty({ outputs, steps }: Step): boolean {
  return outputs.length === 0 && steps.length === 0;
}

/** Indexes as numbers, by which elements are found faster. */
function keyOf(text: string): string | number {
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

/** The value that stands behind `=`: a number, a truth value or a text as JSON has it, or else the text as it is. */
function constantOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object') return value;
  } catch {
    // A text without quotes.
  }
  return text;
}

/** Whether a text is a path, or a value behind `=`. */
export function isPath(text: unknown): text is string {
  return typeof text === 'string' && /^(?:=[\s\S]*|(?:args|this|result)(?:\.[^.\s]+)*)$/.test(text);
}
