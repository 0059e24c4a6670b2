import { entries } from './entry.js';

/** OBS307x: collectors of GPUs. */
export const gpuEntries = entries({
  OBS3070: {
    severity: 'error',
    title: 'collectors without metrics',
    explanation: `The collectors of \`gpu.collectors\` feed the metrics of the preset gpu, and the spec has none of them: programs would be run whose answers nobody sees.

The preset comes with the collectors, so its metrics have been taken out, as here. Remove that line, or the collectors:

  metrics: ~
  gpu:
    collectors: { nvidia: {} }`,
  },
  OBS3071: {
    severity: 'error',
    title: 'source of another vendor',
    explanation: `A source is a program of one vendor, which knows the devices of that vendor alone: it would be run for ever and find none.

  nvidia   auto, dcgm, nvidia-smi, nvml
  amd      auto, amd-smi, rocm-smi
  intel    auto, xpu-smi
  jetson   auto, tegrastats
  apple    auto, ioreg

Name one of the vendor's own, or leave \`source\` out: auto takes the first that works.`,
  },
  OBS3072: {
    severity: 'warning',
    title: 'key without effect on a collector',
    explanation: `\`url\` is the page of an exporter that is there already, which is asked for nvidia with the source auto or dcgm; any other collector runs a program. \`command\` is that program's path: with dcgm and nvml none is run.

  nvidia: { source: dcgm, url: http://dcgm-exporter:9400/metrics }
  nvidia: { source: nvidia-smi, command: /usr/local/bin/nvidia-smi }

Remove the key, or choose the source that reads it.`,
  },
  OBS3073: {
    severity: 'warning',
    title: 'readings too close to each other',
    explanation: `One reading of a vendor's program takes a tenth of a second to several seconds, and only one is made at a time. With less than a second between two, devices are kept awake by being looked at, and consumer cards are known to stutter. With a \`timeout\` above the \`interval\`, a program that hangs is noticed only after readings have been left out.

  nvidia: { interval: 15s, timeout: 5s }

Prometheus seldom asks more often than every 15 seconds: what is read in between is never seen.`,
  },
  OBS3074: {
    severity: 'warning',
    title: 'family that the vendor does not tell',
    explanation: `xid, the driver's numbered error reports, and nvlink, the link between devices, are NVIDIA's. Of a device of another vendor there is nothing to be read, and what waits for it shows nothing for ever.

Remove the family from \`metrics\`.`,
  },
});
