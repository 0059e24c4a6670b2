// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';
import { Page } from './page.js';
import type { PageReader } from './page.js';
import { defaultLabels, pageForm } from './page-form.js';
import { writePage } from './page-writer.js';
import { currentRegistry } from './registry.js';

interface Scrapes {
  /** Pages that are not complete, by their form. */
  readonly unfinished: Map<string, Page>;
  /** Settles when the last page is complete. */
  last: Promise<void>;
}

const scrapes = shared('scrapes', (): Scrapes => ({ unfinished: new Map(), last: Promise.resolve() }));

/**
 * Begins to read a page of now. Pages are written one at a time; who asks for one that is being written, or waits for its turn, reads the
 * same. A page that nobody reads any more is given up.
 */
export function openPage(openMetrics: boolean): PageReader {
  const { unfinished } = scrapes;
  const form = pageForm(openMetrics, defaultLabels(currentRegistry()) ?? []);
  const present = unfinished.get(form.key);
  if (present?.isOpen === true) return present.join();
  const page = new Page(form);
  const reader = page.join();
  unfinished.set(form.key, page);
  scrapes.last = scrapes.last.then(async () => {
    if (!page.giveUpUnread()) await writePage(page);
    if (unfinished.get(form.key) === page) unfinished.delete(form.key);
  });
  return reader;
}
