// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What the correlation needs of the globals that Node shares with browsers, described by its shape. */
interface Globals {
  readonly URL: new (url: string, base?: string) => WebAddress;
  readonly crypto?: { getRandomValues(bytes: Uint8Array): Uint8Array };
  readonly fetch?: (...args: readonly unknown[]) => unknown;
  readonly process?: {
    readonly versions?: { readonly node?: string };
    readonly env?: Readonly<Record<string, string | undefined>>;
  };
}

/** What is read of a URL. */
export interface WebAddress {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
}

export const globals: Globals = globalThis as unknown as Globals;

/** A URL by its text; undefined where it is none. */
export function parseAddress(text: string): WebAddress | undefined {
  try {
    return new globals.URL(text);
  } catch {
    return undefined;
  }
}
