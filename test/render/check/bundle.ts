import { build } from 'esbuild';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <base href="/" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/main.css" />
    <title>Dashboard</title>
  </head>
  <body style="margin: 0">
    <script src="/before.js"></script>
    <div id="root"></div>
    <div id="grafana-portal-container"></div>
    <script type="module" src="/main.js"></script>
  </body>
</html>
`;

/** Grafana's packages read these while they load: where icons are, and what a server would have said of itself and its user. */
const before = `window.__grafana_public_path__ = '/public/';
window.grafanaBootData = {
  settings: { buildInfo: { version: '13.2.2' }, featureToggles: {}, datasources: {}, panels: {} },
  user: { timezone: 'utc', weekStart: 'monday' },
  navTree: [],
};
`;

/** Makes the page. @returns its folder */
export async function bundlePage(folder: string): Promise<string> {
  const out = join(folder, 'dist', 'page');
  await build({
    entryPoints: [join(folder, 'browser', 'main.tsx')],
    outdir: out,
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    mainFields: ['browser', 'module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
    loader: {
      '.svg': 'dataurl',
      '.png': 'dataurl',
      '.woff': 'dataurl',
      '.woff2': 'dataurl',
      '.ttf': 'empty',
    },
    logLevel: 'error',
  });
  writeFileSync(join(out, 'main.css'), '', { flag: 'a' });
  writeFileSync(join(out, 'index.html'), html);
  writeFileSync(join(out, 'before.js'), before);
  cpSync(join(folder, 'node_modules/@grafana/ui/dist/public'), join(out, 'public', 'build'), {
    recursive: true,
  });
  return out;
}
