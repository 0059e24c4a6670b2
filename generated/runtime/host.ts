// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/**
 * The few things that the runtime needs of Node, described by their shape: so it compiles without @types/node, in every
 * module format, and does nothing instead of failing where one of them is absent.
 */
interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string, done: (error?: Error | null) => void): unknown;
  listenerCount(event: 'error'): number;
  once(event: 'error', listener: () => void): unknown;
  removeListener(event: 'error', listener: () => void): unknown;
}

interface Host {
  readonly process?: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly stdout: OutputStream;
    /** There since Node 20.16. */
    readonly getBuiltinModule?: (name: string) => unknown;
  };
  readonly performance: { now(): number };
}

const host = globalThis as unknown as Host;

/** An environment variable; undefined where it is not set or empty. */
export function environmentVariable(name: string): string | undefined {
  const value = host.process?.env[name];
  return value === '' ? undefined : value;
}

/** One of Node's own modules, whose shape the caller knows; undefined where there is no such module. Never throws. */
export function builtinModule(name: string): unknown {
  try {
    return host.process?.getBuiltinModule?.(name);
  } catch {
    return undefined;
  }
}

/** Seconds of a clock that never goes backwards; only differences mean something. */
export function monotonicSeconds(): number {
  return host.performance.now() / 1000;
}

/** Seconds since 1970, for timestamps that others read. */
export function unixSeconds(): number {
  return Date.now() / 1000;
}

/** Whether a person is likely to look at the output. */
export function outputIsTerminal(): boolean {
  return host.process?.stdout.isTTY === true;
}

/** Writes to standard output; a closed pipe or a full disk is no error of the program, so it is passed over. */
export function writeOutput(text: string): void {
  const stream = host.process?.stdout;
  if (stream === undefined) return;
  const guard = (): void => {
    if (stream.listenerCount('error') === 0) stream.once('error', ignore);
  };
  guard();
  try {
    // The callback runs before a failing stream emits 'error', which would end the process without a listener.
    stream.write(text, (error) => {
      if (error) guard();
    });
  } catch {
    // Thrown by streams that were destroyed.
  } finally {
    stream.removeListener('error', ignore);
  }
}

function ignore(): void {
  // Nothing can be done about output that cannot be written.
}
