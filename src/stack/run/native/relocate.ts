import { loopback } from '../../../processes/ports.js';

/** What a configuration that was made for a container becomes on this machine. */
export interface Relocation {
  /** A folder of the container, and the one that stands for it. */
  readonly folder: readonly [from: string, to: string];
  /** Ports of the container, and those of this machine. */
  readonly ports: ReadonlyMap<number, number>;
}

const listening = /^(?:0\.0\.0\.0|127\.0\.0\.1):(\d+)$/;

function relocatedText(text: string, { folder: [from, to], ports }: Relocation): string {
  if (text === from || text.startsWith(`${from}/`)) return to + text.slice(from.length);
  if (text === '0.0.0.0') return loopback;
  const port = listening.exec(text)?.[1];
  return port === undefined ? text : `${loopback}:${ports.get(Number(port)) ?? port}`;
}

/** The same configuration with folders, addresses and ports as they are on this machine. */
export function relocate(value: unknown, relocation: Relocation): unknown {
  if (typeof value === 'string') return relocatedText(value, relocation);
  if (Array.isArray(value)) return value.map((each) => relocate(each, relocation));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      /(?:^|_)port$/.test(key) && typeof item === 'number'
        ? (relocation.ports.get(item) ?? item)
        : relocate(item, relocation),
    ]),
  );
}
