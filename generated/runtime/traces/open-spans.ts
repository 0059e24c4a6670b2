// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { afterSeconds } from '../timers.js';
import { shared } from '../shared.js';
import { tracePolicy } from './tracer.js';

/** A span that may wait for its end. */
export interface Abandonable {
  /** Its place in the list; undefined where it does not wait. */
  waiting: Waiting | undefined;
  /** Ends it, since nobody else will. */
  abandon(): void;
}

/** A place in the list of those that wait. */
export interface Waiting {
  readonly span: Abandonable;
  before: Waiting | undefined;
  after: Waiting | undefined;
  /** The round of the reaper in which it was used last. */
  seen: number;
}

/** More spans than any service has open at once; beyond it the oldest is given up. */
const maxOpen = 20_000;
const rounds = 4;

interface Ring {
  oldest: Waiting | undefined;
  newest: Waiting | undefined;
  size: number;
  round: number;
  stop: (() => void) | undefined;
}

const ring = shared('open spans', (): Ring => ({
  ...{ oldest: undefined, newest: undefined, stop: undefined },
  ...{ size: 0, round: 0 },
}));

/** Notes a span that lasts longer than a call; ends the oldest where there are too many. */
export function awaitEnd(span: Abandonable): void {
  append((span.waiting ??= { span, before: undefined, after: undefined, seen: 0 }));
  if (ring.size > maxOpen) ring.oldest?.span.abandon();
  ring.stop ??= afterSeconds(tracePolicy.abandonSeconds / rounds, reap);
}

/** A span that waits is still in use. */
export function touch({ waiting }: Abandonable): void {
  if (waiting === undefined || waiting.seen === ring.round) return;
  remove(waiting);
  append(waiting);
}

/** A span has ended. */
export function release(span: Abandonable): void {
  if (span.waiting === undefined) return;
  remove(span.waiting);
  span.waiting = undefined;
}

/** How many spans wait for their end. */
export function openSpans(): number {
  return ring.size;
}

/** Gives up those that nobody has used for so long; the list is sorted by the round in which they were seen. */
function reap(): void {
  ring.round += 1;
  while (ring.oldest !== undefined && ring.round - ring.oldest.seen > rounds) {
    const { span } = ring.oldest;
    span.abandon();
    release(span);
  }
  ring.stop = ring.size === 0 ? undefined : afterSeconds(tracePolicy.abandonSeconds / rounds, reap);
}

function append(waiting: Waiting): void {
  waiting.seen = ring.round;
  waiting.before = ring.newest;
  waiting.after = undefined;
  if (ring.newest === undefined) ring.oldest = waiting;
  else ring.newest.after = waiting;
  ring.newest = waiting;
  ring.size += 1;
}

function remove(waiting: Waiting): void {
  if (waiting.before === undefined) ring.oldest = waiting.after;
  else waiting.before.after = waiting.after;
  if (waiting.after === undefined) ring.newest = waiting.before;
  else waiting.after.before = waiting.before;
  ring.size -= 1;
}
