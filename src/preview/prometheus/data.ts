import type { Said } from './ask.js';

/** Whether there is a Prometheus to ask, as the page is told. */
export interface PrometheusState {
  readonly available: boolean;
  readonly version?: string | undefined;
  /** Why not. */
  readonly reason?: string | undefined;
  /** The way out. */
  readonly help?: string | undefined;
}

/** Where the answers to the panels' queries come from. */
export interface Data {
  readonly mode: 'sample' | 'live' | 'none';
  /** The page's "now", in seconds since 1970; null: the clock's. */
  readonly now: number | null;
  state(): PrometheusState;
  /**
   * Asks Prometheus; one that is still being fed is waited for.
   * @param target path and parameters below its address
   * @throws NoAnswer
   */
  ask(target: string, signal: AbortSignal): Promise<Said>;
  close(): Promise<void>;
}
