// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** Finds packages that are optional: none of their names stands in an import, so that compilers and bundlers do not ask for them. */
export interface Packages {
  /** A package; undefined where it is not installed. */
  load(name: string): unknown;
}

interface ModuleSystem {
  createRequire(path: string): Require;
}

interface Require {
  (name: string): unknown;
  resolve(name: string): string;
}

interface Program {
  readonly process?: { readonly argv: readonly (string | undefined)[]; cwd(): string };
}

/**
 * A package where the program's main script finds it, at once: so that a tracer provider is there before the first span.
 * @param isEarly also look into the working directory, for programs that a runner starts
 * @returns the package and where its own dependencies are found; undefined where it is not installed there
 */
export function requirePackage(
  name: string,
  isEarly: boolean,
): { readonly exports: unknown; readonly packages: Packages } | undefined {
  const { process } = globalThis as unknown as Program;
  const script = process?.argv[1];
  const places = [script, isEarly ? `${process?.cwd() ?? ''}/index.js` : undefined];
  for (const place of places) {
    const require = place === undefined ? undefined : requireFrom(place);
    const path = require === undefined ? undefined : resolved(require, name);
    if (require === undefined || path === undefined) continue;
    const own = requireFrom(path);
    const packages = {
      load: (wanted: string): unknown => (own && loaded(own, wanted)) ?? loaded(require, wanted),
    };
    const exports = loaded(require, name);
    if (exports !== undefined) return { exports, packages };
  }
  return undefined;
}

/** A package as the runtime's own file finds it. Never rejects: undefined where it is not installed. */
export async function importPackage(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch {
    return undefined;
  }
}

/** What a package exports under a name; packages of CommonJS may show it below `default` alone. */
export function exported(module: unknown, name: string): unknown {
  const { default: inner, [name]: found } = Object(module) as Readonly<Record<string, unknown>>;
  return found ?? (Object(inner) as Readonly<Record<string, unknown>>)[name];
}

function requireFrom(path: string): Require | undefined {
  try {
    const modules = builtinModule('node:module') as ModuleSystem | undefined;
    const files = builtinModule('node:fs') as { realpathSync(path: string): string } | undefined;
    return modules?.createRequire(realPath(files, path));
  } catch {
    return undefined;
  }
}

/** A script may be started by a link, as those of node_modules/.bin are. */
function realPath(files: { realpathSync(path: string): string } | undefined, path: string): string {
  try {
    return files?.realpathSync(path) ?? path;
  } catch {
    return path;
  }
}

function resolved(require: Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

function loaded(require: Require, name: string): unknown {
  try {
    return require(name);
  } catch {
    return undefined;
  }
}
