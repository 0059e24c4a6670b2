import { builtinModule } from './host.js';

const { types } = (builtinModule('node:util') ?? {}) as {
  readonly types?: { isProxy(value: unknown): boolean };
};

/** Whether what was thrown is an error. A proxy is none, and is not asked anything: it could tell, and throw. */
export function isError(thrown: unknown): thrown is Error {
  return types?.isProxy(thrown) !== true && thrown instanceof Error;
}
