import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Answer } from './answer.js';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The files of the page, by the path under which they are served. */
export type Assets = ReadonlyMap<string, string>;

function filesBelow(folder: string, path = ''): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const child = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, child);
    return entry.isFile() ? [child] : [];
  });
}

/** The chart library, as it is installed. */
function chartLibrary(): readonly (readonly [path: string, file: string])[] {
  const folder = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
  return [
    ['/assets/uplot.js', join(folder, 'dist', 'uPlot.esm.js')],
    ['/assets/uplot.css', join(folder, 'dist', 'uPlot.min.css')],
  ];
}

/**
 * Lists what may be served. A path that a request names is only ever compared with this list, and never joined to a folder.
 * @param folders where the page's compiled modules, its styles and index.html stand; the first that has a file counts
 */
export function assetsIn(folders: readonly string[]): Assets {
  const found = new Map<string, string>(chartLibrary());
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      const served = path === 'index.html' ? '/' : `/assets/${path}`;
      if ((served === '/' || extname(path) in types) && !found.has(served))
        found.set(served, join(folder, path));
    }
  }
  return found;
}

/** A file of the page; undefined where there is none of that path. */
export function assetAnswer(assets: Assets, path: string): Answer | undefined {
  const file = assets.get(path);
  const type = types[extname(file ?? '')];
  if (file === undefined || type === undefined) return undefined;
  return { status: 200, type, body: readFileSync(file) };
}
