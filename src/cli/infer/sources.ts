import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '../../inspect/exposition/page.js';
import type { TextFile } from '../../inspect/infer/sources/rules.js';
import { UsageError } from '../usage-error.js';

/** Milliseconds that a service may take for its page. */
const patience = 15_000;

export interface NamedPage {
  readonly name: string;
  readonly page: Page;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Reads a file that the user named.
 * @throws UsageError
 */
export function readText(path: string): TextFile {
  try {
    return { path, text: readFileSync(path, 'utf8').replace(/^\ufeff/, '') };
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? message(error)}`,
    );
  }
}

const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

async function fetchPage(url: string): Promise<Page> {
  const { exchange } = await import('../../inspect/doctor/ask/request.js');
  const { readPage } = await import('../../inspect/exposition/read-page.js');
  let answer;
  try {
    answer = await exchange({ who: url, url, headers: { accept: 'text/plain;version=0.0.4' }, patience });
  } catch (error) {
    throw new UsageError(message(error), ['is the service running, and is this the address of its page?']);
  }
  const { status, headers, body } = answer;
  if (status !== 200)
    throw new UsageError(`${url} answers ${status}`, [
      'name the address of the page itself, such as http://localhost:3000/metrics',
    ]);
  const type = headers['content-type'];
  if (type?.includes('html') === true) throw new UsageError(`${url} is a page of HTML, and none of metrics`);
  return readPage(body.toString('utf8'), type);
}

/**
 * Reads pages of metrics: files as they are, addresses as often as asked.
 * @param samples how often each address is asked
 * @param interval milliseconds between
 * @throws UsageError where one cannot be read, or holds no metric
 */
export async function readMetricPages(
  sources: readonly string[],
  samples: number,
  interval: number,
  step: (text: string) => void,
): Promise<readonly NamedPage[]> {
  const { readPage } = await import('../../inspect/exposition/read-page.js');
  const pages: NamedPage[] = [];
  const addresses = sources.filter(isAddress);
  for (const source of sources) {
    if (isAddress(source)) continue;
    pages.push({ name: source, page: readPage(readText(source).text) });
  }
  for (let round = 0; round < (addresses.length === 0 ? 0 : samples); round += 1) {
    if (round > 0) await wait(interval);
    step(`page ${round + 1} of ${samples}`);
    for (const url of addresses) pages.push({ name: url, page: await fetchPage(url) });
  }
  for (const { name, page } of pages) {
    if (page.families.length === 0)
      throw new UsageError(`${name} has no metric in it`, ['is it the page that Prometheus scrapes?']);
  }
  return pages;
}

/** Tests are no part of the service: their metrics and values are made up. */
const ofTests = [
  '**/*.test.*',
  '**/*.spec.*',
  '**/__tests__/**',
  '**/__mocks__/**',
  '**/test/**',
  '**/tests/**',
  '**/fixtures/**',
  '**/e2e/**',
];

/**
 * Reads the code below some folders, and files.
 * @throws UsageError where a path leads nowhere
 */
export async function readCodeFiles(paths: readonly string[]): Promise<readonly TextFile[]> {
  const { listFiles } = await import('../../instrument/find/list-files.js');
  const files: TextFile[] = [];
  for (const path of paths) {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch {
      throw new UsageError(`there is nothing at ${path}`, [
        '--code names a folder or a file of TypeScript or JavaScript',
      ]);
    }
    if (!isFolder) {
      files.push(readText(path));
      continue;
    }
    const root = resolve(path);
    const listed = await listFiles({ root, exclude: ofTests, outDir: join(root, 'generated') });
    for (const each of listed.files)
      files.push({ path: join(path, each.path), text: readText(each.absolute).text });
  }
  return files;
}

/** The name in the nearest package.json, at or above a folder; undefined where there is none. */
export function packageName(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
      return typeof name === 'string' && name !== '' ? name : basename(folder);
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
}
