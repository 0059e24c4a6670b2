import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from '../../src/cli/watch.js';
import { scratchFolder } from './support/scratch.js';
import { pace } from '../support/pace.js';

const scratch = scratchFolder('watch');
let folder = '';
let count = 0;
let stop = new AbortController();
let runs: number[] = [];
let watching: Promise<void> = Promise.resolve();

beforeEach(() => {
  count += 1;
  folder = join(scratch, `watch-${count}`);
  mkdirSync(folder);
  runs = [];
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await watching.catch(() => undefined);
});

/** Starts to watch and waits for the run that comes first. */
async function start(
  paths: readonly string[] | (() => readonly string[]),
  run?: () => Promise<void>,
): Promise<void> {
  watching = watch(
    typeof paths === 'function' ? paths : () => paths,
    async () => {
      runs.push(performance.now());
      await run?.();
    },
    stop.signal,
  );
  // A rejection is looked at by the test, or by afterEach.
  watching.catch(() => undefined);
  await runCount(1);
}

/** 50 ms on a quiet machine, and always less than the look around once a second would take. */
const most = (): number => Math.min(50 * pace(), 500);

async function runCount(expected: number, deadline = 30_000): Promise<void> {
  const until = performance.now() + deadline;
  while (runs.length < expected && performance.now() < until) await sleep(2);
  expect(runs.length).toBe(expected);
}

/** Long enough for a run that should not come, the look around once a second among them. */
async function quiet(expected: number): Promise<void> {
  await sleep(1300);
  expect(runs.length).toBe(expected);
}

function spec(name = 'observability.yaml'): string {
  const path = join(folder, name);
  writeFileSync(path, 'version: 1\n');
  return path;
}

describe('watch', () => {
  it('runs at once, and then for each change, less than 50 ms after it', async () => {
    const path = spec();
    await start([path]);
    const delays: number[] = [];
    for (let round = 1; round <= 20; round += 1) {
      await sleep(40);
      const saved = performance.now();
      appendFileSync(path, `# ${round}\n`);
      await runCount(round + 1);
      delays.push((runs.at(-1) ?? 0) - saved);
    }
    delays.sort((a, b) => a - b);
    // Not the median, since other tests want the processor too.
    expect(delays[5]).toBeLessThan(most());
    await quiet(21);
  });

  it.each([
    [
      'renames a new file over the old one',
      (path: string) => {
        writeFileSync(`${path}.new`, 'version: 1\n# renamed\n');
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'moves the old file away and writes a new one',
      (path: string) => {
        renameSync(path, `${path}~`);
        writeFileSync(path, 'version: 1\n# written\n');
        unlinkSync(`${path}~`);
      },
    ],
    [
      'truncates and writes in pieces',
      (path: string) => {
        writeFileSync(path, '');
        appendFileSync(path, 'version: 1\n');
        appendFileSync(path, '# pieces\n');
      },
    ],
  ])('runs once where an editor %s', async (_, save) => {
    const path = spec();
    await start([path]);
    for (let round = 2; round <= 4; round += 1) {
      save(path);
      await runCount(round);
      await sleep(80);
    }
    await quiet(4);
  });

  it('does not run for other files in the folder, nor where nothing but a name was touched', async () => {
    const path = spec();
    await start([path]);
    writeFileSync(join(folder, 'other.yaml'), 'x\n');
    mkdirSync(join(folder, 'generated'));
    writeFileSync(join(folder, 'generated', 'index.ts'), 'x\n');
    await quiet(1);
  });

  it('runs once more for changes during a run, however many, and never two runs at a time', async () => {
    const path = spec();
    let running = 0;
    let most = 0;
    let allChanged: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => (allChanged = resolve));
    await start([path], async () => {
      running += 1;
      most = Math.max(most, running);
      await changed;
      running -= 1;
    });
    for (let change = 0; change < 5; change += 1) {
      appendFileSync(path, '# during\n');
      await sleep(20);
    }
    allChanged();
    await runCount(2);
    await quiet(2);
    expect(most).toBe(1);
  });

  it('survives that a file is deleted and comes back', async () => {
    const path = spec();
    await start([path]);
    unlinkSync(path);
    await runCount(2);
    writeFileSync(path, 'version: 1\n# again\n');
    await runCount(3);
    appendFileSync(path, '# and again\n');
    await runCount(4);
  });

  it('survives that the folder is deleted or moved away and comes back', async () => {
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    const path = spec('deep/er/observability.yaml');
    await start([path]);
    rmSync(join(folder, 'deep'), { recursive: true });
    await runCount(2);
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    spec('deep/er/observability.yaml');
    await runCount(3);
    renameSync(join(folder, 'deep'), join(folder, 'aside'));
    await runCount(4);
    renameSync(join(folder, 'aside'), join(folder, 'deep'));
    await runCount(5);
    appendFileSync(path, '# in the folder that came back\n');
    await runCount(6);
  });

  it('waits for a file that is not there yet, in a folder that is not there either', async () => {
    const path = join(folder, 'later', 'observability.yaml');
    await start([path]);
    mkdirSync(join(folder, 'later'));
    writeFileSync(path, 'version: 1\n');
    await runCount(2);
  });

  it('sees a file through a symbolic link', async () => {
    mkdirSync(join(folder, 'real'));
    const real = spec('real/observability.yaml');
    const link = join(folder, 'link.yaml');
    symlinkSync(real, link);
    await start([link]);
    appendFileSync(real, '# behind the link\n');
    await runCount(2);
  });

  it('watches imports as they come and go', async () => {
    const main = spec('main.yaml');
    mkdirSync(join(folder, 'shared'));
    const shared = spec('shared/labels.yaml');
    const old = new Date(Date.now() - 10_000);
    utimesSync(shared, old, old);
    let imports: string[] = [];
    await start(() => [main, ...imports]);
    appendFileSync(shared, '# not imported yet\n');
    await quiet(1);
    utimesSync(shared, old, old);
    imports = [shared];
    appendFileSync(main, '# imports shared/labels.yaml\n');
    await runCount(2);
    appendFileSync(shared, '# imported\n');
    await runCount(3);
    imports = [];
    appendFileSync(main, '# no more\n');
    await runCount(4);
    appendFileSync(shared, '# not seen\n');
    await quiet(4);
  });

  it('runs again where an import that a run found was changed during that run', async () => {
    const main = spec('main.yaml');
    const shared = spec('shared.yaml');
    let imports: string[] = [];
    await start(
      () => [main, ...imports],
      async () => {
        imports = [shared];
        if (runs.length > 1) return;
        await sleep(20);
        appendFileSync(shared, '# during the run\n');
      },
    );
    await runCount(2);
    await quiet(2);
  });

  it('ends on abort, at once where it waits, after the run where one is under way', async () => {
    const path = spec();
    await start([path]);
    await sleep(50);
    let asked = performance.now();
    stop.abort();
    await watching;
    expect(performance.now() - asked).toBeLessThan(most());

    stop = new AbortController();
    runs = [];
    let finished = false;
    await start([path], async () => {
      await sleep(200);
      finished = true;
    });
    asked = performance.now();
    stop.abort();
    await watching;
    expect(finished).toBe(true);
    expect(performance.now() - asked).toBeGreaterThan(100);
    appendFileSync(path, '# nobody looks\n');
    await quiet(1);
  });

  it('does not begin where it was aborted before', async () => {
    stop.abort();
    await watch(
      () => [spec()],
      () => Promise.reject(new Error('ran')),
      stop.signal,
    );
  });

  it('passes on what a run throws, and watches no more', async () => {
    const path = spec();
    await start([path], () => (runs.length > 1 ? Promise.reject(new Error('a bug')) : Promise.resolve()));
    appendFileSync(path, '# change\n');
    await expect(watching).rejects.toThrow('a bug');
    appendFileSync(path, '# change\n');
    await quiet(2);
  });
});
