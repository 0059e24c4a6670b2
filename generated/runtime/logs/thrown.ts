// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What was thrown, as texts. */
export interface Described {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** What was thrown, as texts; things that throw when they are looked at have no more than a type. */
export function describeThrown(thrown: unknown): Described {
  try {
    if (thrown instanceof Error) {
      const { name, message, stack } = thrown as { name: unknown; message: unknown; stack?: unknown };
      return {
        type: String(name),
        message: String(message),
        stack: typeof stack === 'string' ? stack : undefined,
      };
    }
    return { type: typeof thrown, message: String(thrown), stack: undefined };
  } catch {
    return { type: typeof thrown, message: '[unreadable]', stack: undefined };
  }
}
