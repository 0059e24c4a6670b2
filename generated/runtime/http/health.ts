// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { monotonicSeconds } from '../host.js';
import { afterSeconds } from '../timers.js';

/** Finds out whether a component works: resolves, or returns nothing or true, where it does. The signal aborts at the timeout. */
export type HealthCheck = (signal: HealthSignal) => unknown;

/** The part of an `AbortSignal` that is promised; it is a real one. */
export type HealthSignal = typeof globalThis extends { AbortSignal: { prototype: infer S } }
  ? S
  : { readonly aborted: boolean };

/** What the spec says of a component. */
export interface HealthDefinition {
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Whether the service is down without it. */
  readonly critical: boolean;
}

/** How a component was found. */
export interface ComponentStatus {
  readonly name: string;
  readonly critical: boolean;
  /** `unknown`: the program has no check for it. */
  readonly status: 'up' | 'down' | 'timeout' | 'unknown';
  /** What the check took. */
  readonly seconds: number;
}

/** A component of `/health/detailed`. */
export interface HealthComponent {
  /** Sets how it is checked; a second call replaces the first. */
  check(run: HealthCheck): void;
  /** How it is now: one check at a time, whose answer holds for a second. Never rejects. */
  status(): Promise<ComponentStatus>;
}

/** How long an answer holds, so that those who ask often do not wear the component out. */
const holdSeconds = 1;

interface Controller {
  readonly signal: HealthSignal;
  abort(): void;
}

const { AbortController } = globalThis as unknown as { readonly AbortController: new () => Controller };

/** Makes a component. */
export function healthComponent(definition: HealthDefinition): HealthComponent {
  const { name, critical, timeoutSeconds } = definition;
  let check: HealthCheck | undefined;
  let running: Promise<ComponentStatus> | undefined;
  let known: { readonly status: ComponentStatus; readonly at: number } | undefined;

  async function ask(run: HealthCheck): Promise<ComponentStatus> {
    const started = monotonicSeconds();
    const status = await outcome(name, run, timeoutSeconds);
    const seconds = monotonicSeconds() - started;
    return { name, critical, status, seconds };
  }

  return {
    check(run) {
      check = run;
      known = undefined;
      running = undefined;
    },
    status() {
      if (check === undefined) return Promise.resolve({ name, critical, status: 'unknown', seconds: 0 });
      if (known !== undefined && monotonicSeconds() - known.at < holdSeconds)
        return Promise.resolve(known.status);
      if (running !== undefined) return running;
      const asked = ask(check).then((status) => {
        if (running === asked) {
          known = { status, at: monotonicSeconds() };
          running = undefined;
        }
        return status;
      });
      running = asked;
      return asked;
    },
  };
}

/** Never rejects; what a check that was given up does later is passed over. */
function outcome(name: string, run: HealthCheck, seconds: number): Promise<'up' | 'down' | 'timeout'> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const end = afterSeconds(seconds, () => {
      resolve('timeout');
      controller.abort();
    });
    // Also catches what a check throws at once.
    Promise.resolve()
      .then(() => run(controller.signal))
      .then(
        (answer) => {
          resolve(answer === false ? 'down' : 'up');
        },
        (error: unknown) => {
          diag.warn(`the health check of ${name} failed`, error);
          resolve('down');
        },
      )
      .finally(end);
  });
}

/** The whole service, by its components. */
export interface HealthReport {
  /** `degraded`: something is down that it can do without. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly components: readonly ComponentStatus[];
}

/** Asks all components at once. Never rejects. */
export async function healthReport(components: readonly HealthComponent[]): Promise<HealthReport> {
  const found = await Promise.all(components.map((component) => component.status()));
  const failed = found.filter(({ status }) => status === 'down' || status === 'timeout');
  const status = failed.some(({ critical }) => critical) ? 'down' : failed.length > 0 ? 'degraded' : 'up';
  return { status, components: found };
}
