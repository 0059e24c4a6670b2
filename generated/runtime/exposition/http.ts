// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What is needed of a request; those of node:http and node:http2 have it, and so have Express's and Fastify's raw ones. */
export interface MetricsRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What is needed of a response. */
export interface MetricsResponse extends Sink {
  statusCode: number;
  readonly destroyed?: boolean;
  setHeader(name: string, value: string): unknown;
}

/** A stream that is written to. */
export interface Sink {
  /** false: wait for `drain` before writing more. */
  write(chunk: Uint8Array | string): boolean;
  end(): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain' | 'error', listener: () => void): unknown;
  once(event: 'close' | 'drain' | 'error', listener: () => void): unknown;
}

/** A stream that compresses what is written to it. */
export interface Compressor extends Sink {
  pipe(target: MetricsResponse): unknown;
}

/** The part of node:zlib that is used. */
export interface Zlib {
  createGzip(options: { readonly level: number }): Compressor;
}

/** The value of a header; empty where it is absent. */
export function headerOf({ headers }: MetricsRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value ?? []).join(',');
}
