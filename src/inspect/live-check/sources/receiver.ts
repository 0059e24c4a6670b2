import type { OtlpSignal } from '../otlp/descriptor.js';

/** Requests that are read at the same time; those beyond are asked to come again. With their length, it bounds the memory. */
export const mostAtOnce = 16;

/** Takes what was received. */
export interface Taker {
  /**
   * Looks at a request.
   * @param from the address that took it, for people
   * @throws where it is no message of OTLP: the sender is told so
   */
  take(signal: OtlpSignal, request: unknown, from: string): void;
  /** Notes a request that could not be read. */
  refuse(from: string, reason: string): void;
}

/** A listener that was opened. */
export interface Receiver {
  /** `127.0.0.1:4318` */
  readonly address: string;
  /** Takes no further request, and ends when those under way are answered. */
  close(): Promise<void>;
}

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, with brackets around an address of IPv6. */
export function shownAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
