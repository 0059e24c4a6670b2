import { readIndex, readNumber } from './cell.js';

/** What has gone over the links of one device since the driver was loaded. */
export interface NvlinkOfGpu {
  readonly index: string;
  readonly uuid: string | undefined;
  /** Bytes over all links; undefined where a link does not tell: a sum without it would look as if the driver were loaded anew. */
  readonly receive: number | undefined;
  readonly transmit: number | undefined;
}

const gpuLine = /^GPU (\d{1,4}): .{1,200}?(?:\(UUID: (GPU-[\w-]{1,64})\))?\s*$/;
const linkLine = /^\s*Link \d{1,3}: Data (Tx|Rx): (.{1,40}?)\s*$/;

/** Reads what `nvidia-smi nvlink -gt d` prints: the payload of each link in KiB, `Link 0: Data Tx: 5863784 KiB`. */
export function parseNvidiaNvlink(text: string): readonly NvlinkOfGpu[] {
  const gpus: { index: string; uuid: string | undefined; Tx: number[]; Rx: number[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, number, uuid] = gpuLine.exec(line) ?? [];
    const index = readIndex(number);
    if (index !== undefined) gpus.push({ index, uuid, Tx: [], Rx: [] });
    const [, direction, cell] = linkLine.exec(line) ?? [];
    // A counter in KiB is beyond what any memory holds: it is no quantity of bytes as those are.
    const kibibytes = /^\d+ KiB$/.test(cell ?? '')
      ? readNumber(cell?.slice(0, -' KiB'.length), 'count')
      : undefined;
    if (direction === 'Tx' || direction === 'Rx') gpus.at(-1)?.[direction].push(kibibytes ?? NaN);
  }
  return gpus.map(({ index, uuid, Tx, Rx }) => ({
    index,
    uuid,
    receive: bytesOf(Rx),
    transmit: bytesOf(Tx),
  }));
}

function bytesOf(kibibytes: readonly number[]): number | undefined {
  const sum = kibibytes.reduce((all, each) => all + each, 0) * 1024;
  return kibibytes.length > 0 && Number.isSafeInteger(sum) ? sum : undefined;
}
