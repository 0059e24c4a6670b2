import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { amdSmi } from '../../../../src/runtime/gpu/sources/amd.js';
import { RetryingSource } from '../../../../src/runtime/gpu/sources/retrying-source.js';
import { FakeTools } from '../tool/fake-tool.js';
import { Listening } from './listen.js';

const tools = new FakeTools();
const sources: RetryingSource[] = [];

afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.stop()));
  expect(tools.left()).toEqual([]);
});
afterAll(() => {
  tools.remove();
});

const watts = (value: number): object => ({ value, unit: 'W' });
const metric = (...indexes: readonly number[]): string =>
  JSON.stringify({ gpu_data: indexes.map((gpu) => ({ gpu, power: { socket_power: watts(100 + gpu) } })) });
const told = (...indexes: readonly number[]): string =>
  JSON.stringify({
    gpu_data: indexes.map((gpu) => ({
      gpu,
      asic: { market_name: `MI30${gpu}X`, asic_serial: `0xAB${gpu}` },
      driver: { name: 'amdgpu', version: '6.16.6' },
      limit: { ppt0: { max_power_limit: watts(750), socket_power_limit: watts(600 + gpu) }, ppt1: 'N/A' },
    })),
  });

/** An amd-smi that prints what stands beside it. */
function tool(more = ''): string {
  return tools.program(`case "$*" in ${more}
  "metric --json") cat "$0.metric" ;;
  "static --json") cat "$0.static" ;;
  *) exit 2 ;;
esac`);
}

/** @param timeout seconds; long where no tool hangs, so that a slow machine makes no fault of it */
function listenTo(command: string, timeout = 60): Listening {
  const source = new RetryingSource('amd', [
    amdSmi({ interval: 0.2, timeout, families: undefined, command }),
  ]);
  sources.push(source);
  return new Listening(source);
}

describe('amd-smi', () => {
  it('is asked once for what does not change, and the first sample has it', async () => {
    const command = tool();
    writeFileSync(`${command}.metric`, metric(0, 1));
    writeFileSync(`${command}.static`, told(0, 1));
    const listening = listenTo(command);
    await listening.until(() => listening.samples.length >= 3);
    for (const sample of listening.samples)
      expect(sample).toEqual({
        vendor: 'amd',
        driver: '6.16.6',
        devices: [
          { index: '0', uuid: '0xAB0', name: 'MI300X', power: 100, powerLimit: 600 },
          { index: '1', uuid: '0xAB1', name: 'MI301X', power: 101, powerLimit: 601 },
        ],
      });
    expect(listening.faults).toEqual([]);
    expect(tools.calls(command).filter((call) => call.startsWith('static'))).toHaveLength(1);
  });

  it('is asked again when there are other devices, and no device has the name of another one meanwhile', async () => {
    const command = tool();
    writeFileSync(`${command}.metric`, metric(0, 1));
    writeFileSync(`${command}.static`, told(0, 1));
    const listening = listenTo(command);
    await listening.until(() => listening.samples.length >= 2);
    // The first one is gone, and the second one counts as the first.
    writeFileSync(`${command}.static`, told(1).replace('"gpu":1', '"gpu":0'));
    writeFileSync(`${command}.metric`, metric(0));
    await listening.until(() => listening.samples.at(-1)?.devices[0]?.name === 'MI301X');
    for (const { devices } of listening.samples)
      expect(devices.length === 2 ? 'MI300X' : (devices[0]?.name ?? 'MI301X')).toBe(
        devices.length === 2 ? devices[0]?.name : 'MI301X',
      );
    await listening.until(() => listening.samples.filter(({ devices }) => devices.length === 1).length >= 3);
    expect(tools.calls(command).filter((call) => call.startsWith('static'))).toHaveLength(2);
  });

  it('goes on without it where it is not told, and says so once', async () => {
    const command = tool('"static --json") echo "AMDSMI_STATUS_NOT_SUPPORTED" >&2; exit 2 ;;');
    writeFileSync(`${command}.metric`, metric(0));
    const listening = listenTo(command);
    await listening.until(() => listening.samples.length >= 3);
    expect(listening.samples[0]?.devices).toEqual([{ index: '0', power: 100 }]);
    expect(listening.faults).toHaveLength(1);
    expect(tools.calls(command).filter((call) => call.startsWith('static'))).toHaveLength(1);
  });

  it('that hangs there is ended, and goes on', async () => {
    const command = tool('"static --json") exec sleep 1000 ;;');
    writeFileSync(`${command}.metric`, metric(0));
    // Long enough for the calls that answer, however busy the machine is.
    const listening = listenTo(command, 10);
    await listening.until(() => listening.samples.length >= 2, 60);
    expect(listening.failures).toEqual(['timeout']);
    expect(listening.samples[0]?.devices).toEqual([{ index: '0', power: 100 }]);
  });
});
