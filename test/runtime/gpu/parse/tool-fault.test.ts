import { describe, expect, test } from 'vitest';
import type { GpuFailure } from '../../../../src/runtime/gpu/failure.js';
import { lostDevices, spokenFault, toolFault } from '../../../../src/runtime/gpu/parse/tool-fault.js';
import type { ToolOutcome } from '../../../../src/runtime/gpu/parse/tool-fault.js';
import { areThere, errorCapture } from './captures.js';

const ended = { tool: 'nvidia-smi', exitCode: 0, stdout: '', stderr: '' };

describe('how a program ended', () => {
  test.each<[string, Partial<ToolOutcome>, GpuFailure | undefined]>([
    ['well', { stdout: '0, 45\n' }, undefined],
    ['with a cell that may not be read', { stdout: '0, [Insufficient Permissions]\n' }, undefined],
    ['with a remark', { stdout: '0, 45\n', stderr: 'warning: persistence mode is off\n' }, undefined],
    ['not started', { exitCode: null, errorCode: 'ENOENT' }, 'not_found'],
    ['not allowed', { exitCode: null, errorCode: 'EACCES' }, 'permission'],
    ['not started for want of memory', { exitCode: null, errorCode: 'ENOMEM' }, 'exit'],
    ['with too much', { errorCode: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' }, 'output'],
    ['not in time', { exitCode: null, signal: 'SIGKILL', timedOutAfter: 5 }, 'timeout'],
    ['by a signal', { exitCode: null, signal: 'SIGSEGV' }, 'exit'],
    ['with 1, without a word', { exitCode: 1 }, 'exit'],
    ['with 9', { exitCode: 9 }, 'driver'],
    ['with 18', { exitCode: 18 }, 'driver'],
    ['with 4', { exitCode: 4 }, 'permission'],
    ['with 6', { exitCode: 6, stdout: 'No devices were found\n' }, 'no_devices'],
    ['with 15', { exitCode: 15 }, 'device_lost'],
    ['with 127 of a shell', { exitCode: 127, stderr: 'sh: 1: nvidia-smi: command not found' }, 'not_found'],
    ['with 127, without a word', { exitCode: 127 }, 'not_found'],
    ['with 9 of another program', { tool: 'rocm-smi', exitCode: 9 }, 'exit'],
    [
      'well, though the driver is not there',
      { tool: 'rocm-smi', stderr: 'ERROR:root:Driver not initialized (amdgpu not found in modules)\n' },
      'driver',
    ],
    [
      'with 255, and the reason on the other stream',
      { exitCode: 255, stdout: 'Failed to initialize NVML: Insufficient Permissions\n' },
      'permission',
    ],
    [
      'with 255, in a container without NVML',
      { exitCode: 255, stdout: 'Failed to initialize NVML: Unknown Error' },
      'driver',
    ],
  ])('%s', (_, outcome, failure) => {
    expect(toolFault({ ...ended, ...outcome })?.failure).toBe(failure);
  });

  test('says in one line what was run, what it said, and what to do', () => {
    const stdout = "\nNVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n";
    expect(toolFault({ ...ended, exitCode: 9, stdout })?.message).toBe(
      "nvidia-smi exited with 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.: load the driver, or restart the host after it was updated",
    );
    expect(toolFault({ ...ended, exitCode: 3, stderr: `a\u001B[31m${'b'.repeat(1e6)}` })?.message).toMatch(
      /^nvidia-smi exited with 3: a \[31mb{190,200}: run it by hand$/,
    );
  });
});

describe('devices that are lost', () => {
  test.each<[string, readonly string[]]>([
    ['Unable to determine the device handle for GPU3: 0000:04:00.0: Unknown Error', ['3']],
    ['Unable to determine the device handle for GPU 0000:01:00.0: Not Found', ['0000:01:00.0']],
    ['Unable to determine the device handle for GPU0000:25:00.0: Unknown Error', ['0000:25:00.0']],
    ['Unable to determine the device handle for gpu 00000000:0A:00.0: Unknown Error', ['00000000:0A:00.0']],
    ['Unable to determine the device handle for GPU2: Unknown Error', ['2']],
    ['Unable to determine the device handle for GPU0', ['0']],
    ['Unable to determine the device handle for the lot', []],
    ['GPU3: 0000:04:00.0', []],
  ])('%s', (line, devices) => {
    expect(lostDevices(`x\n${line}\r\n${line}\n`)).toEqual(devices);
    expect(spokenFault('nvidia-smi', line)?.failure).toBe(
      line.startsWith('Unable') ? 'device_lost' : undefined,
    );
  });
});

describe.skipIf(!areThere)('captures of failures', () => {
  test.each<[string, GpuFailure | undefined]>([
    ['amd-smi__bad-subcommand', 'exit'],
    ['beszel__csv-4x-a10', undefined],
    ['beszel__csv-mixed-na', undefined],
    ['nvidia-smi__driver-library-mismatch', 'driver'],
    ['nvidia-smi__driver-not-loaded', 'driver'],
    ['nvidia-smi__hang', 'exit'],
    ['nvidia-smi__invalid-field', 'exit'],
    ['nvidia-smi__no-devices', 'no_devices'],
    ['nvidia-smi__not-installed', 'not_found'],
    ['nvidia-smi__one-gpu-fell-off-bus', 'device_lost'],
    ['rocm-smi__bad-json', undefined],
  ])('%s: %s', (name, failure) => {
    const { spawnError, ...outcome } = errorCapture(name);
    const [tool = ''] = name.split('__');
    expect(toolFault({ tool, errorCode: spawnError, ...outcome })?.failure).toBe(failure);
  });

  test('a program that hangs is one that did not answer in time', () => {
    const { hangMs = 0, ...outcome } = errorCapture('nvidia-smi__hang');
    const fault = toolFault({ tool: 'nvidia-smi', timedOutAfter: hangMs / 1000, ...outcome });
    expect(fault?.failure).toBe('timeout');
    expect(fault?.message).toContain('30 s');
  });
});
