// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { everySeconds } from '../timers.js';
import { shared } from '../shared.js';
import { deadlineOf, push } from './push.js';
import type { PushOptions, PushReport, TextPage } from './push.js';

/** How often and where to. */
export interface PushingOptions extends PushOptions {
  /** Seconds between two pushes; 15 by default. All but the last push get at most half of it, however long their deadline is. */
  readonly everySeconds?: number | undefined;
}

/** A job whose metrics are pushed while it runs. */
export interface Pushing {
  /** Pushes once more, when a push under way has ended, and ends it. A second call gets the first one's promise. Never rejects. */
  stop(): Promise<PushReport>;
}

const defaultSeconds = 15;
/** Node's timers count milliseconds in 31 bits. */
const maxSeconds = 2_000_000;

const running = shared('pushing', () => new Set<Pushing>());

/**
 * Pushes a page every so many seconds. The timer does not keep the process alive, and a push that has begun only for half the time to the
 * next one: a gateway that does not answer must not keep a job from its end. A push that fails is said by `diag.warn` once, until one
 * succeeds. Never throws.
 */
export function pushEvery(options: PushingOptions, page: () => Promise<TextPage>): Pushing {
  const seconds = interval(options);
  const deadlineSeconds = Math.min(deadlineOf(options), seconds / 2);
  let underway: Promise<unknown> | undefined;
  let failing = false;
  let last: Promise<PushReport> | undefined;

  async function once(): Promise<void> {
    const { sent, error } = await push({ ...options, deadlineSeconds }, page);
    if (!sent && !failing) diag.warn(`metrics were not pushed: ${error ?? 'for no known reason'}`);
    failing = !sent;
    underway = undefined;
  }

  const endInterval = everySeconds(seconds, () => {
    underway ??= once();
  });

  async function end(): Promise<PushReport> {
    endInterval();
    await underway;
    const report = await push(options, page);
    running.delete(pushing);
    return report;
  }

  const pushing: Pushing = { stop: () => (last ??= end()) };
  running.add(pushing);
  return pushing;
}

/** Ends all that push, each with a last push. Never rejects. */
export function stopAllPushing(): Promise<readonly PushReport[]> {
  return Promise.all(Array.from(running, (pushing) => pushing.stop()));
}

function interval(options: PushingOptions | undefined): number {
  const given = Number(options?.everySeconds);
  return given > 0 ? Math.min(given, maxSeconds) : defaultSeconds;
}
