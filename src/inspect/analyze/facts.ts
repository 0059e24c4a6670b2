import type { CandidateKind } from '../../instrument/candidate.js';

/** What code does that leaves the process, waits for others or costs something, the dearest first. */
export const activities = ['model', 'tool', 'queue', 'network', 'database', 'process', 'file'] as const;
export type Activity = (typeof activities)[number];

/** Telemetry that code can have. */
export const signals = ['tracing', 'metrics', 'logging', 'correlation', 'errors'] as const;
export type Signal = (typeof signals)[number];

/** Kinds of what can be missing. */
export const gaps = ['tracing', 'metrics', 'logging', 'monitoring'] as const;
export type Gap = (typeof gaps)[number];

/** A call that is an activity. */
export interface Operation {
  readonly activity: Activity;
  /** As written: `client.chat.completions.create`. */
  readonly callee: string;
  readonly line: number;
  /** The package that the name comes from; undefined where the shape of the callee alone told. */
  readonly module: string | undefined;
  /** Whether a span is put around the call itself. */
  readonly isTraced: boolean;
}

/** A call of what may be a function of the tree. */
export interface Use {
  /** The specifier that the name is imported by; undefined: of the same file. */
  readonly from: string | undefined;
  /** The name that it is exported by, or `default`. */
  readonly name: string;
  /** How it is called: by its name, on `this`, on anything else. */
  readonly on: 'name' | 'this' | 'object';
  readonly callee: string;
  readonly line: number;
}

/** Places that a fact stands at, by line. */
export interface Handling {
  readonly catches: readonly number[];
  /** Those where the error is gone afterwards: not thrown on, not logged, not reported, not looked at. */
  readonly swallowed: readonly number[];
}

/** What was read of one function, with the nameless functions inside of it. It survives JSON. */
export interface FunctionFacts {
  readonly path: string;
  readonly line: number;
  readonly kind: Exclude<CandidateKind, 'call'>;
  /** As rules name it. */
  readonly name: string;
  readonly className: string | undefined;
  /** Whether it is held by an object literal, whose member it is. */
  readonly isMember: boolean;
  /** The tool that it executes: its name, empty where the code does not say it. */
  readonly tool: string | undefined;
  /** The function that it is given to as a tool; undefined for a bare object, which only code of the tree itself can run. */
  readonly toolBy: string | undefined;
  readonly isExported: boolean;
  readonly isAsync: boolean;
  readonly lines: number;
  readonly branches: number;
  readonly operations: readonly Operation[];
  readonly handling: Handling;
  /** Lines of loops with an `await` in them. */
  readonly awaitLoops: readonly number[];
  /** Lines of timers that go on by themselves, and of what listens to a queue. */
  readonly unattended: readonly number[];
  /** What gives it telemetry, by signal, as written. */
  readonly telemetry: Readonly<Record<Signal, readonly string[]>>;
  readonly uses: readonly Use[];
}

/** What was read of one file. It survives JSON. */
export interface FileFacts {
  readonly path: string;
  readonly lines: number;
  readonly functions: readonly FunctionFacts[];
  /** What the module does on its own, outside of all functions. */
  readonly module: readonly Operation[];
  /** Names that are exported and hold something of a package: `db` of `pg`. */
  readonly clients: Readonly<Record<string, string>>;
  /** Names that other files of the tree are exported on by; `*` for all of them. */
  readonly forwarded: readonly { readonly name: string; readonly as: string; readonly from: string }[];
  /** The function that is the default export. */
  readonly defaultName: string | undefined;
  /** Files of the tree that it imports, as written. */
  readonly imports: readonly string[];
}
