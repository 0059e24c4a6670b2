import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Board } from '../browser/board.js';
import { bundlePage } from './bundle.js';
import { look, openBrowser, type Picture } from './look.js';
import { misplaced, panelIds } from './places.js';
import { readOptions, type Options } from './options.js';
import { serve } from './serve.js';
import { sources, type Source } from './source.js';

async function drawAll(browser: Browser, page: string, source: Source, options: Options): Promise<Picture[]> {
  const server = await serve(page, source);
  const pictures: Picture[] = [];
  try {
    for (const [board, json] of source.boards) {
      if (options.only !== undefined && !board.includes(options.only)) continue;
      const { panels } = JSON.parse(json) as Board;
      const sight = { board, expected: panelIds(panels), known: misplaced(panels), url: server.url };
      for (const theme of options.themes) {
        for (const width of options.widths) {
          const folder = join(options.out, source.name);
          const picture = await look(browser, { ...sight, theme, width, folder }, options);
          pictures.push(picture);
          report(source, picture);
        }
      }
    }
  } finally {
    server.close();
  }
  return pictures;
}

function report({ name }: Source, { board, theme, width, panels, took, defects }: Picture): void {
  const verdict = defects.length === 0 ? 'fine' : `${defects.length} defects`;
  console.log(
    `${name}/${board} ${theme} ${width}: ${panels} panels, ${verdict}, ${(took / 1000).toFixed(1)} s`,
  );
  for (const { kind, panel, message } of defects)
    console.log(`  ${kind}${panel === undefined ? '' : ` in "${panel}"`}: ${message}`);
}

/** Draws what the command line asks for. @returns the exit code: 0 fine, 1 defects, 2 usage */
export async function main(args: readonly string[], folder: string): Promise<number> {
  const options = readOptions(args, folder);
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const page = await bundlePage(folder);
  const browser = await openBrowser();
  const pictures: Picture[] = [];
  try {
    for await (const source of sources(options)) {
      try {
        pictures.push(...(await drawAll(browser, page, source, options)));
      } finally {
        await source.close();
      }
    }
  } finally {
    await browser.close();
  }
  mkdirSync(options.out, { recursive: true });
  const defects = pictures.reduce((sum, picture) => sum + picture.defects.length, 0);
  writeFileSync(
    join(options.out, 'verdict.json'),
    `${JSON.stringify({ defects, pictures }, undefined, 2)}\n`,
  );
  console.log(`${pictures.length} pictures, ${defects} defects: ${options.out}`);
  return defects === 0 && pictures.length > 0 ? 0 : 1;
}
