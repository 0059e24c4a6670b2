import { builtinModule } from '../../host.js';

interface ModuleSystem {
  createRequire(path: string): { resolve(name: string): string };
}

interface Program {
  readonly process?: { readonly argv: readonly (string | undefined)[]; cwd(): string };
}

/** The path of koffi where the program's main script, or one in the working directory, would find it; undefined where it is not installed. */
export function findKoffi(): string | undefined {
  const { process } = globalThis as unknown as Program;
  const modules = builtinModule('node:module') as ModuleSystem | undefined;
  for (const place of [process?.argv[1], `${process?.cwd() ?? ''}/index.js`]) {
    try {
      const found = place === undefined ? undefined : modules?.createRequire(place).resolve('koffi');
      if (found !== undefined) return found;
    } catch {
      // It is not installed there.
    }
  }
  return undefined;
}
