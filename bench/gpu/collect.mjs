// A collector at work in this process: what it said, and what it cost.
// Every program that has a page of metrics has loaded these: that is no cost of the collector.
import 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { GpuCollector } from '../../dist/runtime/gpu/collector.js';
import { watchTurns } from './turns.mjs';

const mebibytes = (bytes) => bytes / 2 ** 20;

/** What a process has worked so far, in seconds. */
function worked() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Collects for so many seconds, or until `isOver` says that enough has happened.
 * @param options of the collector; undefined: none collects, which is what all else costs
 * @param isWatched whether the event loop and the memory are looked at, which costs more than all else: what it worked means nothing then
 * @returns `own` and `wall`, `grown` and `resident`, and what happened; `work`: seconds that this process has worked since the first sample
 */
export async function collect(options, seconds, { isWatched = true, isOver = () => false } = {}) {
  const told = { samples: 0, devices: 0, failures: [] };
  let first;
  const listener = {
    sampled: ({ devices }) => {
      told.samples += 1;
      told.devices = devices.length;
      first ??= { work: worked(), at: performance.now() };
    },
    failed: (_, failure) => told.failures.push({ failure, after: (performance.now() - started) / 1000 }),
    took: () => undefined,
    reported: () => undefined,
  };
  // What the looks themselves need is compiled and allocated by then.
  const warm = isWatched ? watchTurns() : undefined;
  await pause(300);
  warm?.end();
  const turns = isWatched ? watchTurns() : undefined;
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const looks = isWatched ? setInterval(look, 20) : undefined;
  const started = performance.now();
  const begun = worked();
  const collector = options === undefined ? undefined : new GpuCollector(options, listener);
  collector?.start();
  while (performance.now() - started < seconds * 1000 && !isOver(told)) await pause(100);
  const since = first ?? { work: begun, at: started };
  const work = worked() - since.work;
  const period = (performance.now() - since.at) / 1000;
  const state = { isUp: collector?.isUp, isStuck: collector?.isStuck, source: collector?.sourceName };
  await collector?.stop();
  clearInterval(looks);
  look();
  return {
    ...told,
    ...state,
    ...turns?.end(),
    work,
    period,
    begin: (first?.work ?? begun) - begun,
    grown: mebibytes(most - before),
    resident: mebibytes(most),
  };
}
