import type { FunctionCandidate } from '../../instrument/candidate.js';
import type { Operation, Signal, Use } from './facts.js';
import type { Scope } from './scope.js';

/** A function while its file is read; without a candidate it is the module itself. */
export class Unit {
  readonly candidate: FunctionCandidate | undefined;
  readonly operations: Operation[] = [];
  readonly uses: Use[] = [];
  readonly catches: number[] = [];
  readonly swallowed: number[] = [];
  readonly awaitLoops: number[] = [];
  readonly unattended: number[] = [];
  readonly telemetry: Readonly<Record<Signal, string[]>> = {
    tracing: [],
    metrics: [],
    logging: [],
    correlation: [],
    errors: [],
  };
  branches = 0;
  firstLine = 1;
  lastLine = 1;
  /** The names that it sees. */
  readonly scope: Scope;

  constructor(candidate: FunctionCandidate | undefined, scope: Scope) {
    this.scope = scope;
    this.candidate = candidate;
  }

  /** Notes telemetry that is there, each way of it once. */
  note(signal: Signal, by: string): void {
    const known = this.telemetry[signal];
    if (!known.includes(by)) known.push(by);
  }
}
