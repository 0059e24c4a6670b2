// How long the event loop is held by one thing.
import { Buffer } from 'node:buffer';
import { openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';

/** Milliseconds from one look to the next. */
const lookMilliseconds = 1;

/** What the kernel knows of this thread; undefined elsewhere than on Linux. */
const schedule = openSchedule();
const bytes = Buffer.alloc(64);

function openSchedule() {
  try {
    return openSync('/proc/self/schedstat', 'r');
  } catch {
    return undefined;
  }
}

/** Milliseconds for which this thread, or the kernel on its behalf, has worked; elsewhere than on Linux, all threads of the process. */
function worked() {
  if (schedule === undefined) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
  readSync(schedule, bytes, 0, bytes.length, 0);
  return Number.parseInt(bytes.toString('latin1', 0, bytes.indexOf(' ')), 10) / 1e6;
}

/**
 * Looks all the time at how late the event loop is, until `end()` says how long it was held at most, in milliseconds: in `wall` time, and of
 * that what this thread worked. The rest of the machine may take the processor away from it. `delay` is what Node's own histogram of the
 * event loop's delay has at most, which sees the same as `wall`.
 */
export function watchTurns() {
  const longest = { wall: 0, own: 0 };
  const histogram = monitorEventLoopDelay({ resolution: lookMilliseconds });
  histogram.enable();
  let last = performance.now();
  let before = worked();
  const timer = setInterval(() => {
    const now = performance.now();
    const work = worked();
    const late = now - last - lookMilliseconds;
    longest.wall = Math.max(longest.wall, late);
    longest.own = Math.max(longest.own, Math.min(late, work - before));
    last = now;
    before = work;
  }, lookMilliseconds);
  return {
    end() {
      clearInterval(timer);
      histogram.disable();
      return { ...longest, delay: Math.max(0, histogram.max / 1e6 - lookMilliseconds) };
    },
  };
}
