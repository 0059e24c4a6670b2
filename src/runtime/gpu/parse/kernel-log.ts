/** An error that NVIDIA's driver wrote to the kernel's log. */
export interface XidLine {
  /** The bus address of the device, as `0000:9b:00`. */
  readonly address: string;
  readonly xid: number;
  /** Seconds since 1970, where the line says when. */
  readonly at?: number;
  /** Seconds since the host was started, where the line says that instead. */
  readonly sinceBoot?: number;
  /** The number of the record, of a line of /dev/kmsg. */
  readonly sequence?: number;
}

const xidOf = /NVRM: Xid \(PCI:([\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}(?:\.\d)?)\): (\d{1,4})(?=[,\s]|$)/i;

/** `6,1234,5678901234,-;`: priority, number of the record, microseconds since the host was started. */
const record = /^\d{1,4},(\d{1,15}),(\d{1,15}),[^;]{0,40};/;
/** `[12345.678901]`, of dmesg. */
const sinceBootOf = /^(?:<\d{1,3}>)?\[\s*(\d{1,12}\.\d{1,9})\]/;
/** `[Sun Feb 23 16:24:18 2025]`, of dmesg -T, in the time of the host. */
const clock = /^\[(?:[A-Z][a-z]{2}) ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})\]/;
/** `2025-02-23T16:24:18,123456+00:00`, of dmesg --time-format iso and of journalctl -o short-iso. */
const iso = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})/;

/** Reads the errors of NVIDIA's driver in a log of the kernel: /dev/kmsg, or what dmesg or journalctl print. */
export function parseKernelLog(text: string): readonly XidLine[] {
  const found: XidLine[] = [];
  for (const line of text.split('\n')) {
    const [, address, number] = xidOf.exec(line) ?? [];
    if (address !== undefined) found.push({ address, xid: Number(number), ...timeOf(line) });
  }
  return found;
}

function timeOf(line: string): Pick<XidLine, 'at' | 'sinceBoot' | 'sequence'> {
  const [, sequence, microseconds] = record.exec(line) ?? [];
  if (microseconds !== undefined)
    return { sequence: Number(sequence), sinceBoot: Number(microseconds) / 1e6 };
  const [, seconds] = sinceBootOf.exec(line) ?? [];
  if (seconds !== undefined) return { sinceBoot: Number(seconds) };
  const [, month, day, time, year] = clock.exec(line) ?? [];
  if (month !== undefined) return secondsOf(`${month} ${day ?? ''} ${year ?? ''} ${time ?? ''}`);
  const [, date, fraction = '0', zone = ''] = iso.exec(line) ?? [];
  return date === undefined
    ? {}
    : secondsOf(`${date}.${fraction.slice(0, 3)}${zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}`);
}

function secondsOf(date: string): Pick<XidLine, 'at'> {
  const at = Date.parse(date) / 1000;
  return Number.isNaN(at) ? {} : { at };
}
