// Made-up data for `obs-gen preview --sample`: processor time and wall time from a model to blocks of Prometheus's storage on the disk, for
// the spec of this repository. The part that dashboards open with, and all 31 days.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { analyse } from '../dist/analyse.js';
import { sampleOf } from '../dist/preview/sample/index.js';

const spec = fileURLToPath(new URL('../observability.yaml', import.meta.url));

export const rounds = 3;

async function written(part) {
  const { model } = analyse(spec, '2026-11-20');
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  try {
    const before = process.cpuUsage();
    const start = performance.now();
    await sampleOf(model, { end: 1_795_266_000 }).writeBlocks(folder, part);
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const cases = { recent: () => written('recent'), whole: () => written('whole') };

export const rows = [
  { name: 'recent', unit: 's', ours: 'recent.seconds', goal: 2 },
  { name: 'recent, processor time', unit: 's', ours: 'recent.processor' },
  { name: 'whole', unit: 's', ours: 'whole.seconds' },
  { name: 'whole, processor time', unit: 's', ours: 'whole.processor' },
];
