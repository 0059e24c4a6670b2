import type { GpuFailure, GpuFault } from '../failure.js';

/** How a vendor's program ended, or that it did not. */
export interface ToolOutcome {
  /** The program as it was called, such as `nvidia-smi`. */
  readonly tool: string;
  /** Null where a signal ended it. */
  readonly exitCode?: number | null | undefined;
  readonly signal?: string | null | undefined;
  /** Code of the error with which it could not be started or read, as Node has it: `ENOENT`, `EACCES`, ... */
  readonly errorCode?: string | undefined;
  /** Seconds after which it was given up. */
  readonly timedOutAfter?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface Cause {
  readonly failure: GpuFailure;
  /** What to do about it. */
  readonly advice: string;
}

const notFound: Cause = {
  failure: 'not_found',
  advice: 'install it, or give its path as `command`',
};
const driver: Cause = {
  failure: 'driver',
  advice: 'load the driver, or restart the host after it was updated',
};
const permission: Cause = {
  failure: 'permission',
  advice: 'let this user run it and open the devices',
};
const noDevices: Cause = { failure: 'no_devices', advice: 'is a device passed to this host or container?' };
const deviceLost: Cause = {
  failure: 'device_lost',
  advice: 'read the kernel log (dmesg), reset the device or restart the host',
};
const powerCable: Cause = { failure: 'exit', advice: 'is the power of the device plugged in?' };
const badArgument: Cause = { failure: 'exit', advice: 'it does not know what it was asked for' };
const unexplained: Cause = { failure: 'exit', advice: 'run it by hand' };

/** What programs say, in order of how much it explains. Names of places (`/dev/...`) are theirs. */
const sayings: readonly (readonly [RegExp, Cause])[] = [
  [/unable to determine the device handle|\bGPU is lost\b|fallen off the bus/i, deviceLost],
  [
    /couldn't communicate with the NVIDIA driver|Driver\/library version mismatch|driver not loaded|failed to initialize NVML(?!.*permission)|Driver not initialized|amdgpu not found in modules|unable to load .*amdgpu|AMDSMI_STATUS_(?:NO_DRV|DRIVER_NOT_LOADED|NOT_INIT)|level zero initialization error|libnvidia-ml\S* (?:not found|couldn't be found)|couldn't find lib(?:nvidia-ml|amd_smi)\S*/i,
    driver,
  ],
  [
    /insufficient permissions?|permission denied|operation not permitted|requires? (?:root|sudo)|must be run as root|AMDSMI_STATUS_NO_PERM/i,
    permission,
  ],
  [
    /no (?:nvidia )?(?:supported )?(?:devices?|gpus?) (?:were |was )?(?:found|detected)|\bdevice not found\b|no amd gpus/i,
    noDevices,
  ],
  [/command not found/i, notFound],
];

/** Exit codes of nvidia-smi: those of its manual, and NVML's, which it hands on. */
const nvidiaCodes: Readonly<Record<number, Cause>> = {
  2: badArgument,
  4: permission,
  6: noDevices,
  8: powerCable,
  9: driver,
  12: driver,
  15: deviceLost,
  18: driver,
};

const startErrors: Readonly<Record<string, Cause>> = {
  ENOENT: notFound,
  ENOTDIR: notFound,
  EACCES: permission,
  EPERM: permission,
};

/** Why a program failed, by how it ended and what it said on either stream; nothing where it did not fail. */
export function toolFault(outcome: ToolOutcome): GpuFault | undefined {
  const { tool, exitCode, signal, errorCode, timedOutAfter } = outcome;
  if (timedOutAfter !== undefined)
    return fault(
      'timeout',
      `${tool} did not answer within ${timedOutAfter} s: the driver may hang; run it by hand`,
    );
  if (errorCode === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return fault('output', `${tool} printed more than can be read: run it by hand`);
  if (errorCode !== undefined)
    return explained(`${tool} could not be run (${errorCode})`, startErrors[errorCode] ?? unexplained);
  const hasFailed = (exitCode ?? 0) !== 0 || (signal ?? null) !== null;
  // A program that succeeded prints figures, in which some words stand for one figure alone.
  const said = spoken(outcome.stderr) ?? (hasFailed ? spoken(outcome.stdout) : undefined);
  if (!hasFailed) return said === undefined ? undefined : explained(`${tool}: ${said.line}`, said.cause);
  const how = signal ? `was ended by ${signal}` : `exited with ${exitCode ?? 'nothing'}`;
  const words = said?.line ?? firstLine(outcome.stderr) ?? firstLine(outcome.stdout);
  return explained(
    words === undefined ? `${tool} ${how}` : `${tool} ${how}: ${words}`,
    said?.cause ?? causeOfCode(tool, exitCode ?? undefined),
  );
}

/** What a program printed where it should have printed figures, as far as it is known as the word of a failure. */
export function spokenFault(tool: string, text: string): GpuFault | undefined {
  const said = spoken(text);
  return said === undefined ? undefined : explained(`${tool}: ${said.line}`, said.cause);
}

/** A fault of an output that is not what the program prints. */
export function parseFault(tool: string, what: string): GpuFault {
  return fault('parse', `${tool}: ${what}; run it by hand, and report its output if it looks right`);
}

const handle =
  /unable to determine the device handle for\s+(?:gpu)?\s*(?:(?<address>[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.\d)|(?<index>\d{1,4})(?=\s*(?::|$)))/i;

/** Devices that nvidia-smi knows of and cannot reach: their indexes, or their bus addresses where it gives no index. */
export function lostDevices(text: string): readonly string[] {
  const lost = new Set<string>();
  for (const line of linesOf(text)) {
    const { address, index } = handle.exec(line)?.groups ?? {};
    const device = address ?? index;
    if (device !== undefined) lost.add(device);
  }
  return [...lost];
}

/** A fault that says which devices are lost. */
export function lostFault(tool: string, devices: readonly string[]): GpuFault {
  return explained(`${tool} cannot reach ${devices.map((device) => `GPU ${device}`).join(', ')}`, deviceLost);
}

function causeOfCode(tool: string, code: number | undefined): Cause {
  if (code === undefined) return unexplained;
  const nvidia = /nvidia-smi/i.test(tool) ? nvidiaCodes[code] : undefined;
  // What a shell, or a wrapper of one, exits with.
  if (nvidia === undefined && code === 127) return notFound;
  if (nvidia === undefined && code === 126) return permission;
  return nvidia ?? unexplained;
}

interface Said {
  readonly line: string;
  readonly cause: Cause;
}

function spoken(text: string): Said | undefined {
  const lines = linesOf(text);
  for (const [pattern, cause] of sayings) {
    const line = lines.find((candidate) => pattern.test(candidate));
    if (line !== undefined) return { line: clipped(line), cause };
  }
  return undefined;
}

function explained(what: string, { failure, advice }: Cause): GpuFault {
  return fault(failure, `${what}: ${advice}`);
}

function fault(failure: GpuFailure, message: string): GpuFault {
  return { failure, message };
}

function firstLine(text: string): string | undefined {
  const line = linesOf(text).find((candidate) => candidate.trim() !== '');
  return line === undefined ? undefined : clipped(line);
}

/** A program that floods says at its beginning what is the matter, or not at all. */
const mostCharacters = 65_536;
const longestLine = 500;

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, mostCharacters)
    .split(/\r?\n/)
    .map((line) => line.slice(0, longestLine));
}

const longestSaying = 200;

function clipped(line: string): string {
  return line
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestSaying);
}
