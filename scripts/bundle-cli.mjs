/**
 * Puts the modules of the command line together, in dist/cli/main.js and dist/cli/chunks: a command loads hundreds of them, and most of the time
 * until it begins went into finding and opening them one by one. Runs after tsc. Packages stay where they are, and a thread of a command is
 * begun from the same chunks. Modules keep the address that they have in dist, where files beside them are found.
 */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { rolldown } from 'rolldown';

const dist = join(import.meta.dirname, '../dist');
/** What is begun or imported by itself; all else is only reached from these, and stays out of the tarball (`files` in package.json). */
const entries = ['cli/main', 'instrument/tree/worker', 'preview/prometheus/sample-thread', 'vitest/index'];

/**
 * The compiler is CommonJS of nine megabytes: imported, Node looks through all of it twice for names that it may export before it runs it;
 * required, it is run.
 */
const compiler = {
  name: 'compiler',
  resolveId: (id) => (id === 'ts-morph' ? '\0ts-morph' : undefined),
  load: (id) =>
    id === '\0ts-morph'
      ? "import { createRequire } from 'node:module';\nexport const { ts } = createRequire(import.meta.url)('ts-morph');\n"
      : undefined,
};

/** A template with `</script>` in it is taken apart, for the sake of programs inside pages, by a function of a package that nobody installs. */
const helper = '@oxc-project/runtime/helpers/taggedTemplateLiteral';
const templates = {
  name: 'templates',
  resolveId: (id) => (id === helper ? `\0${helper}` : undefined),
  load: (id) =>
    id === `\0${helper}`
      ? 'export default (strings, raw = [...strings]) => Object.freeze(Object.defineProperty(strings, "raw", { value: Object.freeze(raw) }));\n'
      : undefined,
};

/** `import.meta.url` is that of the module, and not that of the chunk that it went into. */
const addresses = {
  name: 'addresses',
  transform: (code, id) =>
    id.startsWith(dist) && code.includes('import.meta.url')
      ? code.replaceAll(
          'import.meta.url',
          `__addressOf(${JSON.stringify(relative(dist, id).replaceAll(sep, '/'))})`,
        )
      : undefined,
  renderChunk: (code, { fileName }) => {
    if (!code.includes('__addressOf(')) return undefined;
    const up = relative(dirname(join(dist, fileName)), dist).replaceAll(sep, '/');
    return `${code}\nfunction __addressOf(path) {\n  return new URL('${up}/' + path, import.meta.url).href;\n}\n`;
  },
};

const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry, join(dist, `${entry}.js`)])),
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith(dist) && !id.startsWith('\0') && id !== helper,
  plugins: [compiler, templates, addresses],
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'cli/chunks/[name]-[hash].js',
});
await bundle.close();

// What is loaded late would be missed late.
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8'));
const installed = Object.keys({ ...dependencies, ...peerDependencies });
for (const { fileName, imports, dynamicImports } of output)
  for (const id of [...imports, ...dynamicImports])
    if (
      !isBuiltin(id) &&
      !id.startsWith('cli/chunks/') &&
      !installed.some((name) => `${id}/`.startsWith(`${name}/`))
    )
      throw new Error(`dist/${fileName} imports ${id}, which is not installed with obs-gen`);
