/**
 * What the process that reads NVML runs: `node -e` with the path of koffi, that of the library, and the milliseconds between two rounds.
 * A call into the driver may hang, or end the process: neither may happen to the program. It stands here as text because nothing carries
 * a file along with a program that is bundled.
 *
 * It prints a line of JSON a round, in NVML's units: what NVML does not answer is left out. It ends with its parent, whose pipe closes.
 */
export const nvmlProgram: string = String.raw`'use strict';
const [koffiPath, libraryPath, milliseconds] = process.argv.slice(1);
const koffi = require(koffiPath);
let library;
try {
  library = koffi.load(libraryPath);
} catch (error) {
  console.error("couldn't find libnvidia-ml: " + error.message);
  process.exit(12);
}

// Every parameter is a number or a place for the answer: handles are numbers of the size of a pointer.
const functions = new Map();
function call(name, types, ...values) {
  if (!functions.has(name)) {
    let found;
    try {
      found = library.func(name, 'int', types);
    } catch {
      // An older driver has no such function.
    }
    functions.set(name, found);
  }
  const found = functions.get(name);
  return found === undefined ? 13 : found(...values);
}

const lost = 15;
class Lost extends Error {}

function answered(code) {
  if (code === lost) throw new Lost();
  return code === 0;
}

function u32(name, handle, ...first) {
  const answer = Buffer.alloc(8);
  const types = ['uint64', ...first.map(() => 'uint'), 'void *'];
  return answered(call(name, types, handle, ...first, answer)) ? answer.readUInt32LE(0) : undefined;
}

function u64(name, handle, ...first) {
  const answer = Buffer.alloc(8);
  const types = ['uint64', ...first.map(() => 'uint'), 'void *'];
  return answered(call(name, types, handle, ...first, answer)) ? Number(answer.readBigUInt64LE(0)) : undefined;
}

function pair(name, handle, types = ['uint64', 'void *', 'void *']) {
  const first = Buffer.alloc(8);
  const second = Buffer.alloc(8);
  return answered(call(name, types, handle, first, second)) ? [first.readUInt32LE(0), second.readUInt32LE(0)] : [];
}

function text(name, handle) {
  const answer = Buffer.alloc(128);
  const code =
    handle === undefined
      ? call(name, ['void *', 'uint'], answer, answer.length)
      : call(name, ['uint64', 'void *', 'uint'], handle, answer, answer.length);
  return answered(code) ? answer.toString('utf8', 0, answer.indexOf(0)) : undefined;
}

function memory(handle) {
  const answer = Buffer.alloc(40);
  answer.writeUInt32LE(40 | (2 << 24), 0);
  if (answered(call('nvmlDeviceGetMemoryInfo_v2', ['uint64', 'void *'], handle, answer))) {
    const [total, reserved, free, used] = [8, 16, 24, 32].map((at) => Number(answer.readBigUInt64LE(at)));
    return { total, reserved, free, used };
  }
  if (!answered(call('nvmlDeviceGetMemoryInfo', ['uint64', 'void *'], handle, answer))) return undefined;
  const [total, free, used] = [0, 8, 16].map((at) => Number(answer.readBigUInt64LE(at)));
  return { total, free, used };
}

function utilization(handle) {
  const answer = Buffer.alloc(8);
  const isThere = answered(call('nvmlDeviceGetUtilizationRates', ['uint64', 'void *'], handle, answer));
  return isThere ? [answer.readUInt32LE(0), answer.readUInt32LE(4)] : [];
}

function throttled(handle) {
  const reasons = u64('nvmlDeviceGetCurrentClocksThrottleReasons', handle);
  if (reasons === undefined) return undefined;
  const has = (bit) => Math.floor(reasons / bit) % 2 === 1;
  const [hwThermal, powerBrake] = [has(0x40), has(0x80)];
  return {
    power_cap: has(0x4),
    thermal: has(0x20),
    hw_thermal: hwThermal,
    power_brake: powerBrake,
    sync_boost: has(0x10),
    other: has(0x8) && !hwThermal && !powerBrake,
  };
}

function remapped(handle) {
  const answers = [0, 1, 2, 3].map(() => Buffer.alloc(8));
  const types = ['uint64', 'void *', 'void *', 'void *', 'void *'];
  if (!answered(call('nvmlDeviceGetRemappedRows', types, handle, ...answers))) return undefined;
  const [correctable, uncorrectable, pending, failed] = answers.map((answer) => answer.readUInt32LE(0));
  return { correctable, uncorrectable, pending, failed };
}

/** Instances that share the memory of one are one. */
function instances(handle) {
  const most = u32('nvmlDeviceGetMaxMigDeviceCount', handle) ?? 0;
  const found = new Map();
  for (let at = 0; at < most; at += 1) {
    const instance = u64('nvmlDeviceGetMigDeviceHandleByIndex', handle, at);
    const id = instance === undefined ? undefined : u32('nvmlDeviceGetGpuInstanceId', BigInt(instance));
    if (id === undefined || found.has(id)) continue;
    const { used, total } = memory(BigInt(instance)) ?? {};
    const profile = /MIG (\S+)/.exec(text('nvmlDeviceGetName', BigInt(instance)) ?? '')?.[1];
    found.set(id, { id: String(id), profile, used, total });
  }
  return [...found.values()];
}

function deviceOf(index, handle) {
  const [general, memoryBandwidth] = utilization(handle);
  const [encoder] = pair('nvmlDeviceGetEncoderUtilization', handle);
  const [decoder] = pair('nvmlDeviceGetDecoderUtilization', handle);
  const isPartitioned = pair('nvmlDeviceGetMigMode', handle)[0];
  const clock = (domain) => u32('nvmlDeviceGetClockInfo', handle, domain);
  return {
    index: String(index),
    uuid: text('nvmlDeviceGetUUID', handle),
    name: text('nvmlDeviceGetName', handle),
    general,
    encoder,
    decoder,
    memoryBandwidth,
    memory: memory(handle),
    temperature: u32('nvmlDeviceGetTemperature', handle, 0),
    fanSpeed: u32('nvmlDeviceGetFanSpeed', handle),
    power: u32('nvmlDeviceGetPowerUsage', handle),
    powerLimit: u32('nvmlDeviceGetEnforcedPowerLimit', handle),
    energy: u64('nvmlDeviceGetTotalEnergyConsumption', handle),
    clocks: { graphics: clock(0), sm: clock(1), memory: clock(2), video: clock(3) },
    throttled: throttled(handle),
    ecc: {
      corrected: u64('nvmlDeviceGetTotalEccErrors', handle, 0, 0),
      uncorrected: u64('nvmlDeviceGetTotalEccErrors', handle, 1, 0),
    },
    remapped: remapped(handle),
    pcieReplays: u32('nvmlDeviceGetPcieReplayCounter', handle),
    isPartitioned: isPartitioned === undefined ? undefined : isPartitioned === 1,
    instances: isPartitioned === 1 ? instances(handle) : undefined,
  };
}

const words = { 4: 'Insufficient Permissions', 9: 'Driver not loaded', 18: 'Driver/library version mismatch' };
const started = call('nvmlInit_v2', []);
if (started !== 0) {
  console.error('Failed to initialize NVML: ' + (words[started] ?? 'error ' + started));
  process.exit(started > 255 ? 255 : started);
}

const events = Buffer.alloc(8);
let hasEvents = call('nvmlEventSetCreate', ['void *'], events) === 0;
const set = hasEvents ? events.readBigUInt64LE(0) : 0n;
const handles = new Map();

/** Errors that the driver has reported since the last round. */
function xids() {
  const found = [];
  const event = Buffer.alloc(32);
  while (hasEvents && found.length < 100 && call('nvmlEventSetWait_v2', ['uint64', 'void *', 'uint'], set, event, 0) === 0) {
    const handle = event.readBigUInt64LE(0);
    const index = [...handles].find(([, each]) => each === handle)?.[0];
    if (event.readBigUInt64LE(8) === 8n && index !== undefined)
      found.push({ index: String(index), xid: Number(event.readBigUInt64LE(16)) });
  }
  return found;
}

function round() {
  const count = Buffer.alloc(8);
  if (call('nvmlDeviceGetCount_v2', ['void *'], count) !== 0) process.exit(255);
  const expected = count.readUInt32LE(0);
  if (expected === 0) {
    console.error('No devices were found');
    process.exit(6);
  }
  const devices = [];
  const gone = [];
  for (let index = 0; index < expected; index += 1) {
    try {
      const answer = Buffer.alloc(8);
      if (call('nvmlDeviceGetHandleByIndex_v2', ['uint', 'void *'], index, answer) !== 0) throw new Lost();
      const handle = answer.readBigUInt64LE(0);
      if (!handles.has(index) && hasEvents) call('nvmlDeviceRegisterEvents', ['uint64', 'uint64', 'uint64'], handle, 8n, set);
      handles.set(index, handle);
      devices.push(deviceOf(index, handle));
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      gone.push(String(index));
    }
  }
  const driver = text('nvmlSystemGetDriverVersion');
  console.log(JSON.stringify({ driver, expected, devices, lost: gone, xids: xids() }));
}

process.stdout.on('error', () => process.exit());
round();
setInterval(round, Number(milliseconds));
`;
