// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { decoded } from './bytes.js';
import { familyPage } from './family-page.js';
import { plainText } from './page-form.js';
import type { StructuredValue } from './structured-values.js';

const space = 0x20;

/**
 * The samples of a metric as few that stand for many: each has the text of the page up to its last number for a name. A registry writes
 * names as they are, so it puts out many lines at once; right only for a page in the text format without default labels.
 */
export function textValues(family: Family): StructuredValue[] {
  const page = familyPage(family, plainText);
  const blocks = page.begin();
  for (let index = 0; index < blocks; index += 1) page.update(index);
  const values: StructuredValue[] = [];
  page.forEachBlock(({ bytes, length }) => {
    // The registry writes the last number and the line end.
    let numberAt = length - 1;
    while (bytes[numberAt - 1] !== space) numberAt -= 1;
    const value = Number(decoded(bytes, numberAt, length - 1).replace('Inf', 'Infinity'));
    values.push({ metricName: decoded(bytes, 0, numberAt - 1), labels: {}, value });
  });
  return values;
}
