import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { foldersIn } from '../support/directory.js';

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly peerDependencies: Versions;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, Versions & { readonly hasInstallScript?: boolean; readonly dev?: boolean }>
  >;
}

const textOf = (...path: readonly string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');
const manifest = JSON.parse(textOf('package.json')) as Manifest;

/** The package of an import: `@a/b` of `@a/b/c`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that sources below a folder import, each with one of the files that do. */
function importedBelow(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const { fileName } of ts.preProcessFile(textOf(folder, name)).importedFiles) {
      if (fileName.startsWith('.') || fileName.startsWith('node:') || builtinModules.includes(fileName))
        continue;
      found.set(packageOf(fileName), join(folder, name));
    }
  }
  return found;
}

describe('dependencies', () => {
  const imported = importedBelow('src');

  it('are declared wherever they are imported', () => {
    const declared = [manifest.dependencies, manifest.peerDependencies].flatMap((each) => Object.keys(each));
    expect([...imported].filter(([name]) => !declared.includes(name))).toEqual([]);
  });

  it('are imported wherever they are declared', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => !imported.has(name))).toEqual([]);
  });

  it('are of the runtime where it ships into services only if services bring them', () => {
    const optional = Object.keys(manifest.peerDependencies);
    expect([...importedBelow('src/runtime').keys()].filter((name) => !optional.includes(name))).toEqual([]);
    expect(optional.filter((name) => manifest.peerDependenciesMeta[name]?.optional !== true)).toEqual([]);
  });

  it('are pinned to one version each', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^(?:npm:typescript@)?\d+\.\d+\.\d+$/.test(version))).toEqual(
      [],
    );
  });

  it('have their reason in docs/dependencies.md, and nothing else has', () => {
    const rows = textOf('docs', 'dependencies.md').matchAll(
      /^\| (?!package\b)([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
    );
    const told = [...rows].flatMap(([, names = '', what = '', why = '']) => {
      expect(what.trim().length * why.trim().length, names).toBeGreaterThan(0);
      return names.split(',').map((name) => name.trim());
    });
    expect(told.sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it.each(Object.keys(manifest.peerDependencies))('the peer %s is named there', (name) => {
    expect(textOf('docs', 'dependencies.md')).toContain(`\`${name}\``);
  });
});

describe('lock files', () => {
  const peers = foldersIn(join(packageRoot, 'test', 'peers')).map((name) => join('test', 'peers', name));

  it.each(['.', 'bench', 'test/render', 'scripts/matrix', 'scripts/mutation', ...peers])(
    'that of %s holds hashes and no addresses',
    (folder) => {
      const { packages } = JSON.parse(textOf(folder, 'package-lock.json')) as Lock;
      const installed = Object.entries(packages).filter(([path]) => path !== '');
      expect(installed.length).toBeGreaterThan(0);
      expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
      expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual(
        [],
      );
      expect(existsSync(join(packageRoot, folder, '.npmrc'))).toBe(true);
    },
  );
});

describe('entry points', () => {
  it('are the rooms of the runtime that generated code imports, each by its name', () => {
    const rooms = foldersIn(join(packageRoot, 'src/runtime')).filter((name) =>
      existsSync(join(packageRoot, 'src/runtime', name, 'index.ts')),
    );
    const exported = Object.keys(manifest.exports).filter((path) => path.startsWith('./runtime/'));
    expect(exported).toEqual(rooms.map((room) => `./runtime/${room}`));
  });

  it('have types beside what is run, both compiled from one source', () => {
    for (const [path, target] of Object.entries(manifest.exports)) {
      if (typeof target === 'string') {
        expect(existsSync(join(packageRoot, target)), path).toBe(true);
        continue;
      }
      const source = target.default.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts');
      expect(existsSync(join(packageRoot, source)), path).toBe(true);
      expect(target.types, path).toBe(target.default.replace(/\.js$/, '.d.ts'));
    }
  });
});
