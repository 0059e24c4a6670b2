import { answers } from '../../../processes/until-ready.js';
import { isAlive, type RunningPart, type StackState } from '../state.js';
import type { PartStatus } from '../status.js';

async function statusOf(running: RunningPart): Promise<PartStatus> {
  const { part, url, ready, pid, startedAt, log, ended } = running;
  if (!isAlive(running))
    return { part, url, health: 'down', detail: `has ended (${ended ?? 'killed'}); its log: ${log}` };
  const isReady = await answers(`${url}${ready}`, new AbortController().signal);
  const health = isReady ? 'up' : 'unhealthy';
  const detail = isReady ? undefined : `runs, and does not answer at ${url}${ready}; its log: ${log}`;
  return { part, url, health, pid, since: startedAt, detail };
}

/** Asks each part of a stack on this machine how it is. */
export function nativeStatus({ parts }: StackState): Promise<readonly PartStatus[]> {
  return Promise.all(parts.map(statusOf));
}
