import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { readName, readNumber } from './cell.js';
import { deviceOf } from './device-of.js';
import { parseFault, spokenFault } from './tool-fault.js';

const tool = 'ioreg';

/** `"Device Utilization %"=17` within the braces of a dictionary. */
const figure = /"([^"{}]{1,80})"\s*=\s*(\d{1,19}(?:\.\d{1,6})?)(?=\s*[,}])/g;
const statistics = /"PerformanceStatistics"\s*=\s*(\{[^{}]{0,20000}\})/;
const model = /"model"\s*=\s*<?"([^"]{1,200})"/;

/** Reads what `ioreg -r -d 1 -w 0 -c IOAccelerator` prints of each device. It shares the memory of its host, whose size is not told here. */
export function parseIoreg(text: string): GpuReading<GpuSample> {
  const devices: GpuDevice[] = [];
  for (const entry of text.split(/^\+-o /m).slice(1)) {
    const body = statistics.exec(entry)?.[1];
    if (body === undefined) continue;
    const figures = new Map<string, string>();
    for (const [, name = '', value = ''] of body.matchAll(figure))
      if (!figures.has(name)) figures.set(name, value);
    devices.push(
      deviceOf({
        index: String(devices.length),
        name: readName(model.exec(entry)?.[1]),
        utilization: { general: readNumber(figures.get('Device Utilization %'), 'ratio', '%') },
        memory: { used: readNumber(figures.get('In use system memory'), 'bytes', 'B') },
      }),
    );
  }
  if (devices.length === 0) {
    return { fault: spokenFault(tool, text) ?? parseFault(tool, 'it lists no device with figures') };
  }
  return { sample: { vendor: 'apple', devices } };
}
