import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { labelledCounter, openLabel, registeredLabel } from '../../src/runtime/index.js';
import { setNotes } from '../../src/runtime/notes.js';
import { settingsDocument } from '../../src/runtime/settings/settings-document.js';
import { currentSettings } from '../../src/runtime/settings/settings.js';
import type { Telemetry } from '../../src/runtime/telemetry.js';
import { isolated, service, spans } from '../sdk/service.js';
import { memoryProcessor } from '../support/memory-tracing.js';
import { eventually } from '../support/eventually.js';

isolated();
let folder = '';
let file = '';
let telemetry: Telemetry | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-settings-'));
  file = join(folder, 'settings.json');
  setNotes('settings file', []);
});
afterEach(async () => {
  await telemetry?.shutdown();
  telemetry = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const write = (settings: unknown, path = file): void => {
  writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings));
};

async function started(options: Parameters<Telemetry['start']>[0] = {}): Promise<Telemetry> {
  telemetry = service();
  await telemetry.start({
    settingsFile: file,
    settingsIntervalSeconds: 0.01,
    sdk: { spanProcessors: [memoryProcessor()] },
    ...options,
  });
  return telemetry;
}

describe('a settings file', () => {
  test('is in force from the start, and again whenever it changes', async () => {
    write({ logLevel: 'debug', sampling: 0.25, switches: { cost: false } });
    await started();
    expect(currentSettings()).toMatchObject({ logLevel: 'debug', sampling: 0.25, switches: { cost: false } });
    write({ logLevel: 'warn' });
    await eventually(() => {
      expect(currentSettings().logLevel).toBe('warn');
    });
    expect(currentSettings()).toMatchObject({ switches: {} });
    expect(currentSettings().sampling).toBeUndefined();
  });

  test('may be replaced by another, go away and come again', async () => {
    write({ logLevel: 'debug' });
    const running = await started();
    write({ logLevel: 'error' }, join(folder, 'next.json'));
    renameSync(join(folder, 'next.json'), file);
    await eventually(() => {
      expect(currentSettings().logLevel).toBe('error');
    });
    unlinkSync(file);
    await eventually(() => {
      expect(running.stats().notes.join()).toContain('it cannot be read (ENOENT)');
    });
    expect(currentSettings().logLevel).toBe('error');
    write({ logLevel: 'trace' });
    await eventually(() => {
      expect(currentSettings().logLevel).toBe('trace');
    });
    expect(running.stats().notes.join()).not.toContain('settings.json');
  });

  test('may be a link whose folder is exchanged, as Kubernetes mounts a ConfigMap', async () => {
    for (const [version, level] of [
      ['v1', 'info'],
      ['v2', 'debug'],
    ] as const) {
      mkdirSync(join(folder, version));
      write({ logLevel: level }, join(folder, version, 'settings.json'));
    }
    symlinkSync('v1', join(folder, '..data'));
    symlinkSync(join('..data', 'settings.json'), file);
    await started();
    expect(currentSettings().logLevel).toBe('info');
    symlinkSync('v2', join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    await eventually(() => {
      expect(currentSettings().logLevel).toBe('debug');
    });
  });

  test.each([
    ['{ "sampling": 2 }', 'sampling has to be a number from 0 to 1'],
    ['{ "logLevel": "loud" }', 'logLevel has to be one of trace, debug, info'],
    ['{ "logCategories": { "security": 1 } }', 'logCategories.security has to be one of'],
    ['{ "samplng": 1 }', 'samplng is unknown; there are logLevel'],
    ['{ "labels": { "tool": { "cap": 0 } } }', 'labels.tool.cap has to be a whole number from 1 on'],
    ['{ "switches": { "errors": "off" } }', 'switches.errors has to be true or false'],
    ['[]', 'the whole has to be an object'],
    ['{\n  "sampling": 0.5,\n  oops\n}', 'it is no JSON: line 3, column 3'],
    ['{ "sampling": 0.5', 'it is no JSON'],
  ])('that is wrong changes nothing, and it is said what and where: %j', async (text, words) => {
    write({ sampling: 0.5 });
    const running = await started();
    write(text);
    await eventually(() => {
      expect(running.stats().notes.join('\n')).toContain(words);
    });
    expect(running.stats().notes.join('\n')).toContain(file);
    expect(currentSettings().sampling).toBe(0.5);
    write({ sampling: 0.75 });
    await eventually(() => {
      expect(currentSettings().sampling).toBe(0.75);
    });
    expect(running.stats().notes.join('\n')).not.toContain(file);
  });

  test('wins over the environment, and that over the program', async () => {
    vi.stubEnv('LOG_LEVEL', 'warn');
    vi.stubEnv('OBSGEN_SAMPLING', '0.5');
    vi.stubEnv('OBSGEN_CAPTURE_CONTENT', 'true');
    vi.stubEnv('OBSGEN_DISABLED', 'cost');
    write({ logLevel: 'debug' });
    await started({ settings: { logLevel: 'error', sampling: 1 }, switches: { errors: false } });
    expect(currentSettings()).toMatchObject({
      logLevel: 'debug',
      sampling: 0.5,
      captureContent: true,
      switches: { errors: false, cost: false },
    });
  });

  test('of any text is understood or refused, and never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { settings, mistakes } = settingsDocument(text);
        expect(settings === undefined).toBe(mistakes.length > 0);
      }),
    );
  });
});

describe('while the service runs', () => {
  test('the share of traces follows the settings, and traces can be switched off and on', async () => {
    const memory = memoryProcessor();
    write({});
    await started({ sdk: { spanProcessors: [memory] } });
    const made = (): number => {
      const before = memory.ended.length;
      for (let index = 0; index < 200; index += 1) spans.run({}, () => undefined);
      return memory.ended.length - before;
    };
    expect([made(), telemetry?.stats().tracing.sampling]).toEqual([200, 1]);
    write({ sampling: 0 });
    await eventually(() => {
      expect(telemetry?.stats().tracing.sampling).toBe(0);
    });
    expect(made()).toBe(0);
    write({ switches: { traces: false } });
    await eventually(() => {
      expect(currentSettings().switches?.['traces']).toBe(false);
    });
    expect(made()).toBe(0);
    write({ sampling: 0.5 });
    await eventually(() => {
      expect(telemetry?.stats().tracing.sampling).toBe(0.5);
    });
    const half = made();
    expect(half).toBeGreaterThan(50);
    expect(half).toBeLessThan(150);
  });

  test('caps of labels become tighter and wider, and values that are in stay', async () => {
    const tool = openLabel({ key: 'live.tool', cap: 4 });
    const calls = labelledCounter({ name: 'live_calls_total', help: 'Calls.', labels: { tool } });
    write({ labels: { 'live.tool': { cap: 2 } } });
    const running = await started();
    for (const name of ['a', 'b', 'c']) calls.inc({ tool: name });
    expect([tool.cap, tool.values]).toEqual([2, ['a', 'b']]);
    const handle = calls.with({ tool: 'c' });
    handle.inc();
    write({ labels: { 'live.tool': { cap: 3 } } });
    await eventually(() => {
      expect(tool.cap).toBe(3);
    });
    handle.inc();
    calls.inc({ tool: 'd' });
    expect(tool.values).toEqual(['a', 'b', 'c']);
    write({ labels: { 'live.tool': { cap: 1 } } });
    await eventually(() => {
      expect(tool.cap).toBe(1);
    });
    expect(tool.values).toEqual(['a', 'b', 'c']);
    write({});
    await eventually(() => {
      expect(tool.cap).toBe(4);
    });
    calls.inc({ tool: 'd' });
    expect(tool.values).toEqual(['a', 'b', 'c', 'd']);
    write({ labels: { 'live.tool': { cap: 9, drop: true }, 'no.label': { cap: 1 } } });
    await eventually(() => {
      const notes = running.stats().notes.join('\n');
      expect(notes).toContain('the cap 9 of live.tool is ignored: the spec has 4');
      expect(notes).toContain('to drop live.tool takes a restart');
      expect(notes).toContain('there is no label no.label');
    });
    expect(tool.cap).toBe(4);
  });

  test('names that were registered beyond a cap come in when it becomes wider', async () => {
    const model = registeredLabel({ key: 'live.model', cap: 3 });
    write({ labels: { 'live.model': { cap: 1 } } });
    const running = await started();
    model.register(['x', 'y', 'z']);
    const refused = (): unknown =>
      running.stats().labels.find(({ label }) => label === 'live.model')?.refused;
    expect([model.values, refused()]).toEqual([['x'], 2]);
    write({});
    await eventually(() => {
      expect(model.values).toEqual(['x', 'y', 'z']);
    });
    expect(refused()).toBe(0);
  });
});
