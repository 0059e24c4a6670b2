import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { readPage } from '../../src/inspect/exposition/read-page.js';
import { repository, runCli, temporaryFolder } from './run-cli.js';

/** A service that knows nothing but prom-client, as many are. */
const service = {
  'package.json': '{ "name": "shop", "type": "module", "private": true }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      ...{ strict: true, noUnusedLocals: true, module: 'NodeNext', target: 'ES2023', types: ['node'] },
      ...{ skipLibCheck: true, rootDir: '.', outDir: 'dist' },
    },
    include: ['src', 'generated'],
  }),
  'src/metrics.ts': `import { Counter, Gauge, Histogram, register } from 'prom-client';

export const orders = new Counter({
  name: 'shop_orders_total',
  help: 'Orders that were placed.',
  labelNames: ['channel', 'outcome'],
});
export const duration = new Histogram({
  name: 'shop_order_duration_seconds',
  help: 'How long orders took.',
  labelNames: ['channel'],
  buckets: [0.1, 0.5, 1, 5],
});
export const items = new Gauge({ name: 'shop_stock_items', help: 'What is in stock.', labelNames: ['shelf'] });
export const restarts = new Counter({ name: 'shop_restarts_total', help: 'Restarts.' });
export const page = (): Promise<string> => register.metrics();
`,
  'src/orders.ts': `import type { Counter } from 'prom-client';
import { duration, items, orders, restarts } from './metrics.js';

export const channels = ['web', 'phone', 'fax'] as const;
type Channel = (typeof channels)[number];

export class Orders {
  private readonly counted: Counter<'channel' | 'outcome'> = orders;

  place(channel: Channel, seconds: number, shelf: number): void {
    const isFast = seconds < 1;
    this.counted.labels(channel, isFast ? 'ok' : 'late').inc();
    duration.labels({ channel }).observe(seconds);
    items.labels(String(shelf)).dec(2);
    items.set({ shelf: shelf + 1 }, seconds);
  }
}

restarts.inc({}, 1);
`,
  'src/app.ts': `import { page } from './metrics.js';
import { channels, Orders } from './orders.js';

const orders = new Orders();
for (let index = 0; index < 40; index += 1)
  orders.place(channels[index % 3] ?? 'web', (index % 7) / 4, index % 5);
console.log(await page());
`,
};

/** The samples of a page without what the helpers tell of themselves and rows at 0, which they know beforehand. */
function samplesOf(page: string): readonly string[] {
  return readPage(page)
    .families.flatMap(({ samples }) => samples)
    .filter(({ name, value }) => !name.startsWith('obsgen_') && value !== 0)
    .map(({ name, labels, value }) => `${name}{${[...labels].map(String).sort().join()}} ${value}`)
    .sort();
}

test('a service comes from prom-client to helpers, and its page stays the same', async () => {
  const folder = realpathSync(temporaryFolder());
  for (const [path, content] of Object.entries(service)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const shown = (): string =>
    execFileSync(process.execPath, ['dist/src/app.js'], { cwd: folder, encoding: 'utf8' });
  const run = (...words: readonly string[]) => runCli(words, { cwd: folder });

  for (const [path, content] of Object.entries(service)) {
    if (!path.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(content, { compilerOptions: { module: ts.ModuleKind.ESNext } });
    mkdirSync(join(folder, 'dist/src'), { recursive: true });
    writeFileSync(join(folder, 'dist', path.replace(/\.ts$/, '.js')), outputText);
  }
  const before = shown();
  writeFileSync(join(folder, 'page.txt'), before);
  const inferred = await run(
    'infer',
    '--code',
    'src',
    '--metrics',
    'page.txt',
    '--write',
    'observability.yaml',
  );
  expect(inferred).toMatchObject({ code: 0 });
  expect(await run('build')).toMatchObject({ code: 0 });
  expect(await run('instrument', '--adopt', '--check')).toMatchObject({ code: 1 });
  expect(readFileSync(join(folder, 'src/metrics.ts'), 'utf8')).toBe(service['src/metrics.ts']);

  const done = await run('instrument', '--adopt', '--format', 'json', '--allow-dirty');
  expect(JSON.parse(done.stdout)).toMatchObject({
    ...{ written: true, diagnostics: [], leftAlone: [], unknown: [], undefined: [] },
    files: [
      { path: 'src/metrics.ts', definitions: 4, calls: 0 },
      { path: 'src/orders.ts', definitions: 0, calls: 5 },
    ],
  });
  expect(readFileSync(join(folder, 'src/orders.ts'), 'utf8')).not.toContain('prom-client');
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {
    cwd: folder,
    stdio: 'pipe',
  });
  expect(samplesOf(shown())).toEqual(samplesOf(before));
  expect(samplesOf(before).length).toBeGreaterThan(20);
  expect(await run('instrument', '--adopt', '--check')).toMatchObject({ code: 0 });
});
