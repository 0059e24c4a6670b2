import type { RunningName } from '../state.js';

/** A file that a program reads, as it is written for this machine. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
}

/** A program of the stack as it is to be started. */
export interface PartPlan {
  readonly part: RunningName;
  /** As a path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly configs: readonly ConfigFile[];
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** The path that answers with success once it is ready. */
  readonly ready: string;
  /** Other addresses of it. */
  readonly also?: Readonly<Record<string, string>> | undefined;
}

/** Milliseconds until a part has to be ready: rings of one member wait a while until they believe that they are alone. */
export const startDeadline = 60_000;

/** Milliseconds that a part has to end in, writing down what it still holds. */
export const endDeadline = 10_000;
