import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FileResult, TreeOptions, TreePlan } from '../../src/instrument/tree/tree-plan.js';
import { planInWorkers, workersFor, type PooledFile } from '../../src/instrument/tree/worker-pool.js';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-workers-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A worker that does what the path says instead of planning. */
const script = `
import { parentPort, workerData } from 'node:worker_threads';
const at = new Int32Array(workerData.current);
if (workerData.options.root === 'broken') throw new Error('no compiler');
parentPort.on('message', (task) => {
  const answer = task.map(({ number, path }) => {
    Atomics.store(at, 0, number);
    if (path.startsWith('exit')) process.exit(3);
    if (path.startsWith('throw')) throw new Error('thrown');
    if (path.startsWith('hang')) for (;;);
    if (path.startsWith('memory')) for (const kept = []; ; ) kept.push(new Array(100000).fill(kept.length));
    return { kind: 'note', note: { code: 'OBS5053', path, message: 'planned' } };
  });
  Atomics.store(at, 0, -1);
  parentPort.postMessage(answer);
});
`;

async function pooled(
  paths: readonly string[],
  { root = '', workers = 2, signal }: { root?: string; workers?: number; signal?: AbortSignal } = {},
): Promise<readonly string[]> {
  const path = join(scratch(), 'worker.mjs');
  writeFileSync(path, script);
  const results: (FileResult | undefined)[] = paths.map(() => undefined);
  const files = paths.map((each): PooledFile => {
    const file = { path: each };
    return { size: 50_000, file, take: () => ({ path: each, bytes: Buffer.from('x') }) };
  });
  await planInWorkers(files, {
    planner: { root, outDir: '', task: 'instrument', rules: { rules: [] } },
    workers,
    signal,
    script: pathToFileURL(path),
    patienceMs: paths.includes('hang.ts') ? 500 : 20_000,
    megabytes: 64,
    onResult(number, result) {
      expect(results[number]).toBeUndefined();
      results[number] = result;
    },
  });
  return results.map((each) => (each?.kind === 'note' ? `${each.note.path}: ${each.note.message}` : 'none'));
}

const many = Array.from({ length: 40 }, (_, index) => `f${index}.ts`);

describe('workers', () => {
  it('plan every file once', async () => {
    expect(await pooled(many)).toEqual(many.map((path) => `${path}: planned`));
    expect(await pooled(['one.ts'], { workers: 3 })).toEqual(['one.ts: planned']);
  });

  it.each([
    ['exit.ts', 'exit code 3'],
    ['throw.ts', 'thrown'],
    ['hang.ts', 'no progress for 0.5 s'],
    ['memory.ts', 'it ran out of memory (64 MiB)'],
  ])('that die over %s take that file alone with them (OBS5057)', async (path, why) => {
    const paths = [...many.slice(0, 9), path, ...many.slice(9)];
    const results = await pooled(paths);
    expect(results).toContain(`${path}: the thread that planned it ended: ${why}`);
    expect(results.filter((each) => each.endsWith(': planned'))).toHaveLength(many.length);
  });

  it('that cannot even start are a fault of ours, and end the run', async () => {
    await expect(pooled(many, { root: 'broken' })).rejects.toThrow(/before it began: no compiler/);
  });

  it('end when they are told to', async () => {
    const controller = new AbortController();
    const planned = pooled([...many, 'hang.ts'], { signal: controller.signal });
    setTimeout(() => {
      controller.abort(new Error('enough'));
    }, 100);
    await expect(planned).rejects.toThrow('enough');
  });

  it('are not asked for little', () => {
    const file = (size: number): PooledFile => ({ size, file: { path: '' }, take: () => undefined });
    expect(workersFor([file(1000), file(1000)], undefined)).toBe(0);
    expect(workersFor([file(1 << 30), file(1 << 30)], 1)).toBe(0);
  });
});

const compiled = join(import.meta.dirname, '..', '..', 'dist', 'instrument', 'tree', 'plan-tree.js');

describe.skipIf(!existsSync(compiled))('the compiled program', () => {
  it('plans the same with any number of threads', async () => {
    const root = scratch();
    mkdirSync(join(root, 'src'));
    for (let number = 0; number < 60; number += 1) {
      const text = `export async function run${number}() { return ${number}; }\n`.repeat((number % 7) + 1);
      writeFileSync(join(root, 'src', `f${number}.ts`), number % 11 === 5 ? `${text}const = 1;` : text);
    }
    const { planTree } = (await import(compiled)) as {
      planTree: (options: TreeOptions) => Promise<TreePlan>;
    };
    const insertion = { rule: 0, span: { name: 'a', member: 'a' }, attributes: [], style: 'wrap' } as const;
    const rules = { rules: [{ label: 'r', match: { function: 'run*' }, not: [], insertion }] };
    const options = {
      root,
      outDir: join(root, 'generated'),
      task: 'instrument',
      cache: false,
      rules,
    } as const;
    const alone = await planTree({ ...options, jobs: 1 });
    expect(alone.files).toHaveLength(55);
    expect(alone.notes).toHaveLength(5);
    expect(await planTree({ ...options, jobs: 2 })).toEqual(alone);
    expect(await planTree({ ...options, jobs: 3 })).toEqual(alone);
  });
});
