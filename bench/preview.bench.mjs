// `obs-gen preview --sample` with the spec of this repository: the time from the command to a browser that has drawn the first dashboard, and
// what making the data up takes of it, from a model to blocks of Prometheus's storage on the disk. The part that dashboards open with, and all
// 31 days. Needs prometheus and chromium on the PATH.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { analyse } from '../dist/analyse.js';
import { launchBrowser } from '../dist/preview/browser/launch.js';
import { sampleOf } from '../dist/preview/sample/index.js';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
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

/** Settles with the address that the preview prints, or fails with the program. */
function addressOf(preview) {
  return new Promise((resolve, reject) => {
    let printed = '';
    preview.stdout.on('data', (chunk) => {
      printed += chunk;
      const [address] = /http:\S+/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    preview.once('error', reject);
    preview.once('exit', (code) => reject(new Error(`the preview ended with ${code}`)));
  });
}

/** From the command to the first dashboard, drawn: the panels that can be seen have data. The browser starts meanwhile, as a person's has. */
async function firstDashboard() {
  const start = performance.now();
  const command = [program, 'preview', '--spec', spec, '--sample', '--port', '0'];
  const preview = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [address, browser] = await Promise.all([addressOf(preview), launchBrowser(process.env)]);
    try {
      const page = await browser.newPage();
      await page.goto(address);
      await page.waitForSelector('html[data-state="ready"]');
      return { seconds: (performance.now() - start) / 1000 };
    } finally {
      await browser.close();
    }
  } finally {
    preview.kill('SIGTERM');
    await new Promise((resolve) => preview.once('close', resolve));
  }
}

export const cases = {
  first: firstDashboard,
  recent: () => written('recent'),
  whole: () => written('whole'),
};

export const rows = [
  { name: 'first dashboard', unit: 's', ours: 'first.seconds', goal: 5 },
  { name: 'recent', unit: 's', ours: 'recent.seconds', goal: 2 },
  { name: 'recent, processor time', unit: 's', ours: 'recent.processor' },
  { name: 'whole', unit: 's', ours: 'whole.seconds' },
  { name: 'whole, processor time', unit: 's', ours: 'whole.processor' },
];
