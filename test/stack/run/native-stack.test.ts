import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, portFault } from '../../../src/processes/ports.js';
import { makeStackFolder, stackFolder, type StackFolder } from '../../../src/stack/run/folder.js';
import { endNative } from '../../../src/stack/run/native/end.js';
import { NativeStack, type NativeOptions } from '../../../src/stack/run/native/native-stack.js';
import type { PartPlan } from '../../../src/stack/run/native/plan.js';
import { nativeStatus } from '../../../src/stack/run/native/status.js';
import type { StackFault } from '../../../src/stack/run/stack-fault.js';
import {
  isAlive,
  markOf,
  readStackState,
  writeStackState,
  type StackState,
} from '../../../src/stack/run/state.js';
import { modelOf } from '../../support/model.js';
import { fakeProgram } from './fake-program.js';

let folder: string;
let place: StackFolder;
let diary: string;
const running: NativeStack[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-run-'));
  place = stackFolder(join(folder, 'observability.yaml'), undefined);
  makeStackFolder(place);
  diary = join(folder, 'diary');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((stack) => stack.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function plan(part: PartPlan['part'], more: Partial<PartPlan> = {}): Promise<PartPlan> {
  const address = `127.0.0.1:${await freePort()}`;
  return {
    part,
    program: fakeProgram(folder, `${part}-program`),
    args: [`--web.listen-address=${address}`, `--diary=${diary}`, `--name=${part}`],
    configs: [],
    url: `http://${address}`,
    ready: '/-/ready',
    ...more,
  };
}

async function start(parts: readonly PartPlan[], more: Partial<NativeOptions> = {}): Promise<NativeStack> {
  const stack = await NativeStack.start({
    folder: place,
    model: modelOf('version: 1\nservice: { name: checkout, owner: payments }\nstack: {}\n'),
    spec: join(folder, 'observability.yaml'),
    out: join(folder, 'generated'),
    parts,
    previewPort: await freePort(),
    env: process.env,
    signal: new AbortController().signal,
    onStep: () => undefined,
    onPartEnded: () => undefined,
    onFault: (error) => {
      throw error;
    },
    ...more,
  });
  running.push(stack);
  return stack;
}

function stateNow(): StackState {
  const state = readStackState(place.path);
  if (state === undefined) throw new Error('there is no state');
  return state;
}

function diaryLines(): readonly string[] {
  return existsSync(diary) ? readFileSync(diary, 'utf8').trim().split('\n') : [];
}

describe('a stack on this machine', () => {
  it('tells of its parts in a file, and ends them the last first', async () => {
    const stack = await start([await plan('alertmanager'), await plan('prometheus')]);
    const state = stateNow();
    expect(state).toMatchObject({ service: 'checkout', supervisor: { pid: process.pid } });
    expect(state.parts.map(({ part }) => part)).toEqual(['alertmanager', 'prometheus', 'preview']);
    expect(statSync(join(place.path, 'state.json')).mode & 0o077).toBe(0);
    expect(readFileSync(join(place.path, '.gitignore'), 'utf8')).toBe('*\n');
    expect((await nativeStatus(state)).map(({ health }) => health)).toEqual(['up', 'up', 'up']);

    await stack.close();
    expect(diaryLines().filter((line) => line.endsWith('down'))).toEqual([
      'prometheus down',
      'alertmanager down',
    ]);
    expect(readStackState(place.path)).toBeUndefined();
    expect(state.parts.filter(({ part }) => part !== 'preview').filter(isAlive)).toEqual([]);
  });

  it('names a part that dies, with the end of its log, and lets the others go on', async () => {
    const died: [string, string, readonly string[]][] = [];
    const alertmanager = await plan('alertmanager');
    await start([alertmanager, await plan('prometheus')], {
      onPartEnded: (...args) => died.push(args),
    });
    await fetch(`${alertmanager.url}/die`).catch(() => undefined);
    while (died.length === 0) await sleep(10);
    const log = join(place.logs, 'alertmanager.log');
    expect(died).toEqual([
      ['alertmanager', 'exit code 3', [`the end of ${log}:`, '  listening', '  I was asked to die']],
    ]);
    expect(await nativeStatus(stateNow())).toMatchObject([
      { part: 'alertmanager', health: 'down', detail: `has ended (exit code 3); its log: ${log}` },
      { part: 'prometheus', health: 'up' },
      { part: 'preview', health: 'up' },
    ]);
  });

  it('says why a part does not come up, and leaves nothing behind', async () => {
    const alertmanager = await plan('alertmanager');
    const broken = await plan('prometheus', { args: ['--no-address'] });
    const attempt = start([alertmanager, broken]);
    await expect(attempt).rejects.toThrow('prometheus has ended while it was starting');
    const fault: unknown = await attempt.catch((error: unknown) => error);
    expect((fault as StackFault).help.join('\n')).toContain('TypeError');
    expect(await portFault(Number(new URL(alertmanager.url).port))).toBeUndefined();
    expect(readStackState(place.path)).toBeUndefined();
  });

  it('is ended from elsewhere where the process that watched it was killed', async () => {
    const part = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    part.unref();
    const mark = markOf(part.pid ?? 0);
    if (mark === undefined) throw new Error('sleep cannot be started');
    // A process id that is somebody else's by now: this one's, with the start of another.
    const stranger = { pid: process.pid, identity: '1' };
    const common = { url: '', ready: '', startedAt: '', log: '' };
    const state = {
      service: 'checkout',
      spec: '',
      out: '',
      supervisor: stranger,
      parts: [
        { part: 'prometheus' as const, ...common, ...stranger },
        { part: 'loki' as const, ...common, ...mark },
      ],
    };
    writeStackState(place.path, state);
    await endNative(place.path, state, () => undefined);
    expect(isAlive(mark)).toBe(false);
    expect(readStackState(place.path)).toBeUndefined();
  });
});
