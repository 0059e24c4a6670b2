import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../../output/process-identity.js';
import type { PartName } from '../parts.js';

/** What runs in a stack on this machine: programs, and the preview that stands in for Grafana. */
export type RunningName = PartName | 'preview';

/** A process, told from another one that has got its id since. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, as `startOf` tells; the id alone is given to another process sooner or later. */
  readonly identity: string;
}

/** A part as it was started. */
export interface RunningPart extends ProcessMark {
  readonly part: RunningName;
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** The path below `url` that answers with 200 once the part is ready. */
  readonly ready: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The file that it writes to. */
  readonly log: string;
  /** Addresses beside `url`, for people and for probes: `otlpHttp` for example. */
  readonly also?: Readonly<Record<string, string>> | undefined;
  /** How it ended by itself, where it did. */
  readonly ended?: string | undefined;
}

/** A stack that runs, or that has not been put away. */
export interface StackState {
  /** The service of the spec. */
  readonly service: string;
  /** Absolute paths of the spec and of what it was built to. */
  readonly spec: string;
  readonly out: string;
  /** The process of obs-gen that watches the parts, and serves the preview. */
  readonly supervisor: ProcessMark;
  /** In the order in which they were started. */
  readonly parts: readonly RunningPart[];
}

const file = 'state.json';
const format = 1;

/** What stands in a folder for the stack that runs there; undefined where none does. A file that is cut off or foreign counts as none. */
export function readStackState(folder: string): StackState | undefined {
  try {
    const { version, ...state } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as StackState & {
      readonly version?: unknown;
    };
    return version === format && Array.isArray(state.parts) ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the state in one step, so that nobody reads half of it. The folder is made where it is missing. */
export function writeStackState(folder: string, state: StackState): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, file);
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ version: format, ...state }, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

export function removeStackState(folder: string): void {
  rmSync(join(folder, file), { force: true });
}

/** How a process is told from others; undefined where there is none of this id. */
export function markOf(pid: number): ProcessMark | undefined {
  const identity = startOf(pid);
  return identity === undefined ? undefined : { pid, identity };
}

/** Whether a process lives, and is the one that was meant. */
export function isAlive({ pid, identity }: ProcessMark): boolean {
  const now = startOf(pid);
  return now !== undefined && now === identity;
}
