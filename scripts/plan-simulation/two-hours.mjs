/** Two hours of one instance as a block, written by promtool with the code of Prometheus: no time passes, and none is missed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instance } from './fleet.mjs';

const range = 7200;
const middleOfADay = 43_200;

/** Samples as OpenMetrics text, series by series. */
function openMetrics(layout, interval, start, scraped) {
  const instance = new Instance(layout, 1, middleOfADay);
  const bySeries = new Map();
  for (let time = start; time < start + range; time += interval) {
    instance.pass(interval);
    for (const line of instance
      .page(time * 1000)
      .toString()
      .split('\n')) {
      const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+) \d+$/.exec(line) ?? [];
      if (name === undefined) continue;
      const key = `${name}{${scraped}${labels === '' ? '' : `,${labels}`}}`;
      const samples = bySeries.get(key) ?? [];
      samples.push(`${key} ${value} ${time}\n`);
      bySeries.set(key, samples);
    }
  }
  return `${[...bySeries.values()].map((samples) => samples.join('')).join('')}# EOF\n`;
}

/** @param interval seconds between scrapes */
export function twoHours(layout, interval, job) {
  const folder = mkdtempSync(join(tmpdir(), 'plan-two-hours-'));
  try {
    // A range that Prometheus would make a block of, some time ago.
    const start = (Math.floor(Date.now() / 1000 / range) - 4) * range;
    const file = join(folder, 'page.om');
    writeFileSync(file, openMetrics(layout, interval, start, `instance="10.0.0.1:9464",job="${job}"`));
    const blocks = join(folder, 'blocks');
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, blocks], {
      stdio: 'ignore',
    });
    const [name, ...others] = readdirSync(blocks);
    if (name === undefined || others.length > 0) throw new Error('not one block');
    const { stats } = JSON.parse(readFileSync(join(blocks, name, 'meta.json'), 'utf8'));
    const chunks = join(blocks, name, 'chunks');
    return {
      samples: stats.numSamples,
      series: stats.numSeries,
      chunks: stats.numChunks,
      chunkBytes: readdirSync(chunks).reduce((sum, each) => sum + statSync(join(chunks, each)).size, 0),
      indexBytes: statSync(join(blocks, name, 'index')).size,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
