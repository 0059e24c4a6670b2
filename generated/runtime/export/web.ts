// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What Node shares with browsers and the runtime sends metrics by, described by its shape: so it compiles without their types. */
interface WebHost {
  readonly fetch?: (url: string, request: WebRequest) => Promise<WebResponse>;
  readonly AbortController: new () => WebAbortController;
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new () => { decode(bytes: Uint8Array): string };
  readonly URL: new (url: string) => WebUrl;
  btoa(binary: string): string;
}

interface WebAbortController {
  readonly signal: unknown;
  abort(): void;
}

interface WebUrl {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
  readonly search: string;
  readonly username: string;
  readonly password: string;
}

/** What is asked of a server. */
export interface WebRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Ends the request where its controller is aborted. */
  readonly signal: unknown;
  readonly redirect: 'manual';
}

/** What it answers. */
export interface WebResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly body: WebBody | null;
}

interface WebBody {
  getReader(): { read(): Promise<{ readonly value?: Uint8Array }>; cancel(): Promise<void> };
  cancel(): Promise<void>;
}

/** The globals of the process. */
export const web: WebHost = globalThis as unknown as WebHost;

/** A text's UTF-8 in base64. */
export function base64(text: string): string {
  return web.btoa(
    Array.from(new web.TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''),
  );
}
