import type { Activity, Gap, Signal } from './facts.js';

/** A fact with the points that it gave. */
export interface Reason {
  /** As people read it: `2 calls of a model: client.chat.completions.create (line 12)`. */
  readonly what: string;
  readonly points: number;
}

/** Telemetry that is missing, with where and why. */
export interface Missing {
  readonly gap: Gap;
  readonly what: string;
  readonly line: number;
}

/** A function with its score and what it lacks. It survives JSON. */
export interface ScoredFunction {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly isMember: boolean;
  readonly tool: string | undefined;
  readonly isExported: boolean;
  readonly isAsync: boolean;
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** What it does itself, with the number of calls. */
  readonly does: Readonly<Partial<Record<Activity, number>>>;
  /** Its calls, for rules: callee as written and package. */
  readonly calls: readonly {
    readonly activity: Activity;
    readonly callee: string;
    readonly module: string | undefined;
    readonly isTraced: boolean;
  }[];
  readonly has: Readonly<Record<Signal, readonly string[]>>;
  /** `itself`: it opens a span or records a metric; `callers`: all that call it do, and it does nothing outside of the process itself. */
  readonly observed: 'itself' | 'callers' | undefined;
  readonly missing: readonly Missing[];
}

/** A file with the sum of its functions. */
export interface ScoredFile {
  readonly path: string;
  readonly lines: number;
  readonly score: number;
  readonly functions: number;
  readonly scored: number;
  readonly observed: number;
  readonly importers: number;
  /** Calls of the module itself, outside of all functions. */
  readonly module: Readonly<Partial<Record<Activity, number>>>;
}

/** Name of a function as people say it: `Agent.run`, `search (tool)`. */
export function shownName({
  name,
  className,
  tool,
}: Pick<ScoredFunction, 'name' | 'className' | 'tool'>): string {
  const member = className === undefined ? name : `${className}.${name}`;
  if (tool === undefined) return member;
  return tool === '' || tool === name ? `${member} (tool)` : `${member} (tool ${tool})`;
}
