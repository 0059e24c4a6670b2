import { dirname, join, relative } from 'node:path/posix';
import ts from 'typescript';
import type { OutputFile } from '../../src/emit/emitter.js';

/** The module that an import within a tree is of, without its extension: `runtime/traces/span`. */
function imported(path: string, specifier: string): string {
  return join(dirname(path), specifier).replace(/\.[jt]s$/, '');
}

/** What a module of a tree imports although the tree has no such file. */
function missing({ path, content }: OutputFile, modules: ReadonlySet<string>): readonly string[] {
  return ts
    .preProcessFile(content)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => imported(path, specifier))
    .filter((module) => !modules.has(module) && !modules.has(`${module}/index`));
}

/**
 * Trees of generated files to be compiled side by side, each in the folder of its name: modules of the runtime that an earlier tree has too,
 * letter by letter, pass on what is exported there. Most trees have most of the runtime, and checking it takes by far the longest.
 * @throws Error where such a module imports one that its own tree has not, which the compiler could not see any more
 */
export function withSharedRuntime(
  trees: ReadonlyMap<string, readonly OutputFile[]>,
): Map<string, OutputFile[]> {
  const first = new Map<string, string>();
  return new Map(
    [...trees].map(([name, files]) => {
      const modules = new Set(files.map(({ path }) => path.replace(/\.ts$/, '')));
      const shared = files.map((file) => {
        const { path, content } = file;
        if (!/^runtime\/.*\.ts$/.test(path)) return file;
        const key = `${path}\n${content}`;
        const earlier = first.get(key);
        if (earlier === undefined) {
          first.set(key, name);
          return file;
        }
        const absent = missing(file, modules);
        if (absent.length > 0)
          throw new Error(`${name}/${path} imports ${absent.join(', ')}, which is not there`);
        const to = relative(join(name, dirname(path)), join(earlier, path.replace(/\.ts$/, '.js')));
        return { ...file, content: `export * from '${to}';\n` };
      });
      return [name, shared];
    }),
  );
}
