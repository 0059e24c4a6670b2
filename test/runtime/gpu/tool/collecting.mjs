// A program that collects: node collecting.mjs SECONDS OPTIONS prints what came of it as JSON; with 0 seconds it starts the collector and
// has nothing else to do; with -1 it does not end.
import process from 'node:process';
import { setInterval } from 'node:timers';
import { collect } from '../../../../bench/gpu/collect.mjs';
import { GpuCollector } from '../../../../dist/runtime/gpu/collector.js';

const [, , seconds, json] = process.argv;
const options = JSON.parse(json);
const ignore = () => undefined;
if (Number(seconds) > 0) process.stdout.write(JSON.stringify(await collect(options, Number(seconds))));
else
  new GpuCollector(options, {
    sampled: () => process.stdout.write('sample\n'),
    failed: ignore,
    took: ignore,
    reported: ignore,
  }).start();
if (Number(seconds) < 0) setInterval(ignore, 1000);
