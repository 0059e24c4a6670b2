import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { Fault, run } from './command.mjs';

/**
 * Bounds a tenth to a fifth above what was measured when they were set: what grows beyond them is looked at by somebody, who then
 * says in docs/dependencies.md what it is for. By far the most is the runtime, which is there as sources, to be copied into services, and
 * compiled with its declarations; then the language's validator as code (0.7 MB).
 */
export const bounds = {
  /** Bytes of the tarball; measured: 2.2 MB. */
  packed: 2_500_000,
  /** Bytes of its files; measured: 8.1 MB. */
  unpacked: 9_500_000,
  /** Measured: 1,720. */
  files: 2000,
  /** Packages that installing it brings, without peers; measured: 50. The rest of 110 is no reserve: each one is somebody else's code. */
  packages: 60,
};

/** What a tarball may hold, beside the three files that npm adds. */
const folders = ['dist', 'schemas', 'templates', 'presets', 'src/runtime'];
const always = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** What a build or a test leaves behind, and nobody needs. */
const leftover =
  /\.map$|\.(?:test|bench|spec)\.[cm]?[jt]s$|\.tsbuildinfo$|\.log$|\.tgz$|(?:^|\/)(?:\.DS_Store|node_modules|coverage|__\w+__)(?:\/|$)/;

const isDeclaration = (path) => path.endsWith('.d.ts');

/** Packs what `npm publish` would send, without building. @returns the tarball, and its files as npm lists them */
export async function pack(root, folder) {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [packed] = Object.values(JSON.parse(stdout));
  return { tarball: join(folder, packed.filename), ...packed };
}

/** Every file below a folder, relative to it, with `/`. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The targets of the exports and of the commands of a package. */
function targetsOf({ exports, bin }) {
  const flat = (target) => (typeof target === 'string' ? [target] : Object.values(target).flatMap(flat));
  return [...Object.values(exports).flatMap(flat), ...Object.values(bin)];
}

/** The files that each module and each declaration imports by a relative path, by its own. */
function relativeImports(installed, files) {
  const modules = files.filter((path) => /^dist\/.*\.(?:d\.ts|js)$/.test(path));
  return new Map(
    modules.map((path) => [
      path,
      ts
        .preProcessFile(readFileSync(join(installed, path), 'utf8'))
        .importedFiles.map(({ fileName }) => fileName)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => join(dirname(path), specifier))
        .map((target) => (isDeclaration(path) ? target.replace(/\.js$/, '.d.ts') : target)),
    ]),
  );
}

/** Imports that lead to no file. */
function brokenImports(imports, files) {
  const known = new Set(files);
  return [...imports].flatMap(([path, targets]) =>
    targets
      .filter((target) => !known.has(target))
      .map((target) => `${path} imports ${target}, which is not packed`),
  );
}

/** Where the modules of the command line are put together: these have no source of their own. */
const isChunk = (path) => path.startsWith('dist/cli/chunks/');

/** Chunks that nothing imports: what an earlier build has left. */
function idleChunks(imports) {
  const waiting = [...imports.keys()].filter((path) => !isChunk(path));
  const reached = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
    for (const target of imports.get(path) ?? [])
      if (!reached.has(target)) {
        reached.add(target);
        waiting.push(target);
      }
  return [...imports.keys()]
    .filter((path) => isChunk(path) && !reached.has(path))
    .map((path) => `${path} is imported by nothing: run \`npm run build\``);
}

/** Sources that were compiled before they were last changed in name, or are gone. */
function staleOutputs(root, files) {
  const outputs = files.filter((path) => /^dist\/.*\.js$/.test(path) && !isChunk(path));
  const sourceOf = (path) => path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
  return [
    ...outputs
      .filter((path) => !existsSync(join(root, sourceOf(path))))
      .map((path) => `${path} has no source any more: run \`npm run build\``),
    ...files
      .filter(
        (path) =>
          path.startsWith('src/runtime/') &&
          !outputs.includes(path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js')),
      )
      .map((path) => `${path} was not compiled: run \`npm run build\``),
  ];
}

/** Places in texts that name a folder of the machine that packed. */
function machinePaths(root, installed, files) {
  const here = [root, homedir()].filter((path) => path.length > 3);
  return files.flatMap((path) => {
    const text = readFileSync(join(installed, path), 'utf8');
    return here.filter((each) => text.includes(`${each}/`)).map((each) => `${path} names ${each}`);
  });
}

/**
 * Looks at what was installed from the tarball.
 * @param root the folder that was packed
 * @param installed node_modules/obs-gen
 * @returns what is wrong, each in a line
 */
export function contentFaults(root, installed) {
  const files = filesBelow(installed);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const isExpected = (path) =>
    always.includes(path) || folders.some((folder) => path.startsWith(`${folder}/`));
  const imports = relativeImports(installed, files);
  const reachable = (path) => /^dist\/(?:runtime|vitest)\//.test(path);
  return [
    ...files.filter((path) => !isExpected(path)).map((path) => `${path} does not belong into the package`),
    ...files.filter((path) => leftover.test(path)).map((path) => `${path} is a leftover`),
    ...files
      .filter((path) => isDeclaration(path) && !reachable(path))
      .map((path) => `${path} cannot be reached through any export`),
    ...targetsOf(manifest)
      .filter((target) => !existsSync(join(installed, target)))
      .map((target) => `package.json names ${target}, which is not packed`),
    ...brokenImports(imports, files),
    ...idleChunks(imports),
    ...staleOutputs(root, files),
    ...machinePaths(root, installed, files),
  ];
}

/** @throws Fault where the measured is above the bounds */
export function holdBounds(measured) {
  const above = Object.entries(bounds).filter(([name, bound]) => measured[name] > bound);
  if (above.length > 0)
    throw new Fault(
      above.map(([name, bound]) => `${name}: ${measured[name]}, above the bound of ${bound}`).join('\n'),
    );
}
