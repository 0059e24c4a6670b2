import type { GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readNumber } from './cell.js';
import { deviceOf } from './device-of.js';
import { parseFault, spokenFault } from './tool-fault.js';

const tool = 'tegrastats';

/** The rail that feeds the device, alone where there is one, else with what else it feeds; the first figure is that of now. */
const rail = /\b(?:VDD_GPU|VDD_SYS_GPU|POM_5V_GPU|VDD_GPU_SOC|VDD_CPU_GPU_CV) (\d+(?:mW)?)\/?(?=\d|\s|$)/;

/** The share of time in which the device worked, and its clock in MHz: `63%@[621]`, `0%@114`, `45%`. */
const engine = /\bGR3D_FREQ (\d+%)(?:@\[?(\d+)[,\]\s]|@(\d+)$|(?=\s|$))/;
const memoryController = /\bEMC_FREQ (\d+%)(?:@(\d+)(?=\s|$)|(?=\s|$))/;
const ram = /\bRAM (\d+)\/(\d+)(MB|kB)(?=\s|$)/;
const coreSensor = /\s(?:gpu|GPU)@(-?\d+(?:\.\d+)?C)(?=\s|$)/;
const hottestSensor = /\stj@(-?\d+(?:\.\d+)?C)(?=\s|$)/;

/** Reads a line of `tegrastats`; of several the last one. The device shares the memory of its host. */
export function parseTegrastats(text: string): GpuReading<GpuSample> {
  const lines = text.split(/\r?\n/);
  const line = lines.filter((candidate) => ram.test(candidate) || engine.test(candidate)).at(-1);
  if (line === undefined) {
    return { fault: spokenFault(tool, text) ?? parseFault(tool, 'no line is one of figures') };
  }
  const [, used, total, unit] = ram.exec(line) ?? [];
  const [, busy, clock, lastClock] = engine.exec(line) ?? [];
  const [, memoryBusy, memoryClock] = memoryController.exec(line) ?? [];
  const device = deviceOf({
    index: '0',
    utilization: { general: readNumber(busy, 'ratio') },
    memoryBandwidth: readNumber(memoryBusy, 'ratio'),
    memory: { used: readNumber(used, 'bytes', unit), total: readNumber(total, 'bytes', unit) },
    temperature: {
      core: readNumber(coreSensor.exec(line)?.[1], 'celsius'),
      hotspot: readNumber(hottestSensor.exec(line)?.[1], 'celsius'),
    },
    power: readNumber(rail.exec(line)?.[1], 'watts', 'mW'),
    clocks: {
      graphics: readNumber(clock ?? lastClock, 'hertz', 'MHz'),
      memory: readNumber(memoryClock, 'hertz', 'MHz'),
    },
  });
  return { sample: { vendor: 'jetson', devices: [device] } };
}
