import type { Rule } from './published.js';

/** What to run. */
export interface Advice {
  readonly what: string;
  readonly replicas: number;
  /** Of each replica. */
  readonly cores: number | undefined;
  /** Of each replica, in bytes. */
  readonly memory: number | undefined;
  /** Of each replica, in bytes. */
  readonly disk: number | undefined;
  readonly rule: Rule;
}
