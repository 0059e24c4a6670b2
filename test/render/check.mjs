/**
 * Draws dashboards with Grafana's own components, in the system's browser, and judges what is seen. See README.md.
 * This file only makes JavaScript of check/ and of the parts of obs-gen that it uses, so that no build has to go before.
 */
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const outfile = join(here, 'dist', 'check.mjs');
await build({
  entryPoints: [join(here, 'check', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['esbuild', 'playwright-core'],
  // Packages that are CommonJS call `require`, which a module does not have.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // obs-gen finds its own files from where its sources stand.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(here, '../../src/package-root.ts')).href) },
  logLevel: 'error',
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2), here);
