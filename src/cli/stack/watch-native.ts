import { setTimeout as sleep } from 'node:timers/promises';
import { glanceAt, type Glance } from '../../stack/run/native/glance.js';
import type { NativeStack } from '../../stack/run/native/native-stack.js';

/** Milliseconds between two looks at Prometheus. */
const pause = 2000;
/** Alerts that are named on the line. */
const named = 3;

/** `3m 12s`. */
function lasting(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours}h ${minutes}m`;
  return minutes > 0 ? `${minutes}m ${seconds % 60}s` : `${seconds}s`;
}

/** `up 3m 12s | targets 3 of 4 up | 57 rules, 1 failing | firing: RunSuccessBudgetBurnPage | Ctrl-C ends`. */
export function summaryLine(
  milliseconds: number,
  glance: Glance | undefined,
  ended: readonly string[],
): string {
  const parts = [`up ${lasting(milliseconds)}`];
  if (ended.length > 0) parts.push(`ended: ${ended.join(', ')}`);
  if (glance === undefined) parts.push('Prometheus does not answer');
  else {
    const { targets, rules, firing } = glance;
    parts.push(`targets ${targets.up} of ${targets.all} up`);
    parts.push(`${rules.all} rules${rules.failing > 0 ? `, ${rules.failing} failing` : ''}`);
    const more = firing.length > named ? ` and ${firing.length - named} more` : '';
    parts.push(firing.length === 0 ? 'no alert' : `firing: ${firing.slice(0, named).join(', ')}${more}`);
  }
  return [...parts, 'Ctrl-C ends'].join(' | ');
}

/** Shows on one line how a stack does, until the signal. */
export async function watchNative(
  stack: NativeStack,
  { signal, step }: { readonly signal: AbortSignal; readonly step: (text: string) => void },
): Promise<void> {
  const since = Date.now();
  const isShown = process.stderr.isTTY;
  while (!signal.aborted) {
    if (isShown) {
      const { parts } = stack;
      const prometheus = parts.find(({ part }) => part === 'prometheus')?.url ?? '';
      const ended = parts.filter((part) => part.ended !== undefined).map(({ part }) => part);
      const line = summaryLine(Date.now() - since, await glanceAt(prometheus, signal), ended);
      step(line.slice(0, Math.max(20, process.stderr.columns - 1)));
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
