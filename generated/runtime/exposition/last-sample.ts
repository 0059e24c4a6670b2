// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { decoded } from './bytes.js';
import { familyPage } from './family-page.js';
import { plainText } from './page-form.js';
import type { StructuredValue } from './structured-values.js';

const space = 0x20;

/**
 * All samples of a metric as one whose name is the text of the page up to its last number. A registry writes names as they are, so it
 * puts out the whole metric at once; right only for a page in the text format without default labels.
 */
export function lastSample(family: Family): StructuredValue[] {
  const page = familyPage(family, plainText);
  const blocks = page.begin();
  for (let index = 0; index < blocks; index += 1) page.update(index);
  const bytes = new Uint8Array(page.sampleBytes);
  if (bytes.length === 0) return [];
  let length = 0;
  page.forEachBlock((block, end) => {
    bytes.set(end === block.length ? block : block.subarray(0, end), length);
    length += end;
  });
  // The registry writes the last number and the line end.
  let numberAt = length - 1;
  while (bytes[numberAt - 1] !== space) numberAt -= 1;
  const value = Number(decoded(bytes, numberAt, length - 1).replace('Inf', 'Infinity'));
  return [{ metricName: decoded(bytes, 0, numberAt - 1), labels: {}, value }];
}
