import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks, in milliseconds; the longest that one may take. */
const pause = 20;
const patience = 2000;

/** How long a program is waited for. */
export interface ReadyOptions {
  /** Milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Whether it has ended, so that there is nothing to wait for. */
  readonly hasEnded: () => boolean;
}

/** Whether an address answers with success. */
export async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const response = await fetch(url, { signal: limit, redirect: 'manual' }).catch(() => undefined);
  await response?.body?.cancel().catch(() => undefined);
  return response?.ok === true;
}

/**
 * Waits until an address answers with success.
 * @throws the signal's reason
 */
export async function untilReady(
  url: string,
  { deadline, signal, hasEnded }: ReadyOptions,
): Promise<'ready' | 'ended' | 'late'> {
  const last = Date.now() + deadline;
  while (Date.now() < last) {
    signal.throwIfAborted();
    if (hasEnded()) return 'ended';
    if (await answers(url, signal)) return 'ready';
    await sleep(pause);
  }
  return 'late';
}
