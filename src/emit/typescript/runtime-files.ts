import { readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { packageFile, packageRoot } from '../../package-root.js';
import type { OutputFile } from '../emitter.js';
import type { ImportStyle } from './imports.js';

const header = [
  '// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set',
  '// target.typescript.runtime to package in the spec to import it instead.',
].join('\n');

/** Imports and exports of another file of the runtime. */
const relativeImport = /(from '\.{1,2}\/[a-z/.-]+)\.js';/g;

let sources: ReadonlyMap<string, string> | undefined;

/** The runtime's own text by path below its folder; read from the package once. */
function runtimeSources(): ReadonlyMap<string, string> {
  sources ??= new Map(
    readdirSync(join(packageRoot, 'src', 'runtime'), { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(sep).join('/'))
      .filter((path) => path.endsWith('.ts'))
      .sort()
      .map((path) => [path, packageFile('src', 'runtime', path)]),
  );
  return sources;
}

/** Where generated files import the vendored runtime. */
const entry = /from '\.\/(runtime\/[a-z/-]+?)(?:\.[jt]s)?';/g;

/**
 * The vendored runtime: what the generated files import of it, and what that imports; nothing where the spec has the helpers import the
 * package.
 */
export function runtimeFiles(style: ImportStyle, generated: readonly string[]): readonly OutputFile[] {
  if (style.runtime === 'package') return [];
  const sources = runtimeSources();
  const entries = generated.flatMap((text) => Array.from(text.matchAll(entry), (match) => match[1] ?? ''));
  const wanted = new Set(entries.map((path) => `${path.slice('runtime/'.length)}.ts`));
  for (const path of wanted) {
    for (const imported of importsOf(path, sources.get(path) ?? '')) wanted.add(imported);
  }
  return [...sources]
    .filter(([path]) => wanted.has(path))
    .map(([path, text]) => ({
      path: `runtime/${path}`,
      content: `${header}\n\n${text.replace(relativeImport, `$1${style.extension}';`)}`,
    }));
}

function importsOf(path: string, text: string): readonly string[] {
  return Array.from(text.matchAll(relativeImport), (match) =>
    posix.join(posix.dirname(path), `${match[1]?.slice("from '".length) ?? ''}.ts`),
  );
}
