// Outputs of tools as large as those of a host with eight devices, made up: captures are not part of the project.

const devices = Array.from({ length: 8 }, (_, index) => index);

/** The fields that are asked for of nvidia-smi, each with a cell. */
const cells = {
  index: (index) => index,
  count: () => devices.length,
  'pci.bus_id': (index) => `00000000:${index}0:00.0`,
  uuid: (index) => `GPU-00000000-0000-0000-0000-00000000000${index}`,
  name: () => 'NVIDIA H100 80GB HBM3',
  driver_version: () => '590.48.01',
  'mig.mode.current': () => 'Disabled',
  gpu_recovery_action: () => 'None',
  'utilization.gpu': (index) => 90 + index,
  'utilization.memory': (index) => 30 + index,
  'utilization.encoder': () => 0,
  'utilization.decoder': () => 0,
  'memory.total': () => 81559,
  'memory.reserved': () => 479,
  'memory.used': (index) => 11_125 + index,
  'memory.free': (index) => 69_955 - index,
  'temperature.gpu': (index) => 50 + index,
  'temperature.gpu.tlimit': () => 24,
  'temperature.memory': () => 59,
  'power.draw': () => 433.78,
  'power.draw.instant': () => 447.35,
  'enforced.power.limit': () => 700,
  'clocks.current.graphics': () => 1980,
  'clocks.current.sm': () => 1980,
  'clocks.current.memory': () => 2619,
  'clocks.current.video': () => 1545,
  'clocks_event_reasons.hw_slowdown': () => 'Not Active',
  'clocks_event_reasons.sw_power_cap': () => 'Active',
  'clocks_event_reasons_counters.sw_power_cap': () => 123_456,
  'ecc.errors.corrected.volatile.total': () => 0,
  'ecc.errors.uncorrected.volatile.total': () => 0,
  'remapped_rows.correctable': () => 0,
  'remapped_rows.uncorrectable': () => 0,
  'remapped_rows.pending': () => 0,
  'remapped_rows.failure': () => 0,
  'fan.speed': () => '[N/A]',
};

/** A round of `nvidia-smi --query-gpu`. */
export const csvFields = Object.keys(cells);
export const csv = devices
  .map((index) => `${csvFields.map((field) => cells[field](index)).join(', ')}\n`)
  .join('');
/** What `--help-query-gpu` says of those. */
export const help = csvFields.map((field) => `"${field}"\nWhat it is, in a sentence or two.\n\n`).join('');

const filler = (from, count) =>
  Array.from(
    { length: count },
    (_, at) =>
      `\t\t<part_${from + at}>\n\t\t\t<value>${at} MiB</value>\n\t\t\t<state>N/A</state>\n\t\t</part_${from + at}>\n`,
  ).join('');

/** A device of `nvidia-smi -q -x`: 50,000 characters, of which little is read. */
const gpu = (index) => `\t<gpu id="00000000:${index}0:00.0">
\t\t<product_name>NVIDIA H100 80GB HBM3</product_name>
\t\t<uuid>${cells.uuid(index)}</uuid>
${filler(0, 300)}\t\t<mig_mode><current_mig>Enabled</current_mig></mig_mode>
\t\t<mig_devices>${Array.from({ length: 7 }, (_, at) => `<mig_device><index>${at}</index><gpu_instance_id>${at + 1}</gpu_instance_id><fb_memory_usage><total>9728 MiB</total><used>${at} MiB</used></fb_memory_usage></mig_device>`).join('')}</mig_devices>
\t\t<fb_memory_usage><total>81559 MiB</total><reserved>479 MiB</reserved><used>11125 MiB</used><free>69956 MiB</free></fb_memory_usage>
\t\t<utilization><gpu_util>N/A</gpu_util><memory_util>N/A</memory_util></utilization>
${filler(300, 300)}\t</gpu>
`;
const log = (gpus) =>
  `<?xml version="1.0" ?>\n<nvidia_smi_log>\n\t<driver_version>590.48.01</driver_version>\n\t<attached_gpus>${gpus.length}</attached_gpus>\n${gpus.join('')}</nvidia_smi_log>\n`;
export const xml = log(devices.map(gpu));
export const xmlOfOne = log([gpu(0)]);

const figure = (value, unit) => ({ value, unit });
/** `amd-smi metric --json`. */
export const amd = JSON.stringify(
  {
    gpu_data: devices.map((index) => ({
      gpu: index,
      usage: {
        gfx_activity: figure(90 + index, '%'),
        umc_activity: figure(30, '%'),
        mm_activity: 'N/A',
        jpeg_activity: Array.from({ length: 32 }, () => 'N/A'),
      },
      power: { socket_power: figure(500, 'W'), gfx_voltage: 'N/A' },
      clock: Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [
          `gfx_${at}`,
          {
            clk: figure(2100, 'MHz'),
            min_clk: figure(500, 'MHz'),
            max_clk: figure(2100, 'MHz'),
            clk_locked: 'DISABLED',
          },
        ]),
      ),
      temperature: { edge: 'N/A', hotspot: figure(60, 'C'), mem: figure(50, 'C') },
      mem_usage: {
        total_vram: figure(196_592, 'MB'),
        used_vram: figure(1000, 'MB'),
        free_vram: figure(195_592, 'MB'),
      },
      ecc: { total_correctable_count: 0, total_uncorrectable_count: 0 },
      xgmi: Array.from({ length: 8 }, (_, at) => ({
        link: at,
        read: figure(1, 'KB'),
        write: figure(1, 'KB'),
      })),
    })),
  },
  undefined,
  4,
);
