import type { Severity } from '../severity.js';

/** One code of the catalogue: what `obs-gen explain` prints and SARIF lists. */
export interface CatalogueEntry {
  readonly severity: Severity;
  /** A few words, lower case, that name the fact without its particulars. */
  readonly title: string;
  /** Why it matters and how to get out of it: plain text, paragraphs separated by a blank line, examples indented by two spaces. */
  readonly explanation: string;
}

/** Checks the shape of a block of the catalogue and keeps its keys as literal types. */
export function entries<const Code extends `OBS${number}`>(
  block: Readonly<Record<Code, CatalogueEntry>>,
): Readonly<Record<Code, CatalogueEntry>> {
  return block;
}
