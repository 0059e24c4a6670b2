// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { joined } from './bytes.js';
import { prefersOpenMetrics } from './negotiation.js';
import { contentTypes } from './page-form.js';
import { openPage } from './scrapes.js';

/** A page for a framework of any kind. */
export interface Scrape {
  /** The value of the header Content-Type. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * The page that Prometheus scrapes: the metrics of this service and what else is in its registry. Gives way to the event loop every 2 ms.
 * @param accept the request's Accept header; without one the page is in the text format
 * @returns rejects only where metrics of other processes were to be shown (`setFamilySource`) and cannot be had
 */
export async function scrape(accept = ''): Promise<Scrape> {
  const reader = openPage(prefersOpenMetrics(accept));
  const { page } = reader;
  const contentType = page.form.openMetrics ? contentTypes.openMetrics : contentTypes.text;
  try {
    const parts: Uint8Array[] = [];
    for await (const some of reader.parts()) for (const part of some) parts.push(part);
    return { contentType, body: joined(parts, page.size) };
  } finally {
    reader.leave();
  }
}
