import { printDuration } from '../../../promql/duration.js';
import type { ExprOperator } from '../mutant.js';
import { isBehindZero } from '../sites.js';
import { dropped } from '../words.js';

/** The offset left out: the present compared with itself. */
export const offsets: ExprOperator = (site) => {
  const { node } = site;
  if ((node.kind !== 'selector' && node.kind !== 'subquery') || isBehindZero(site)) return [];
  if (node.offset?.kind !== 'duration') return [];
  return [
    {
      kind: 'offset',
      what: dropped(`offset ${printDuration(node.offset.seconds)}`),
      expr: site.put({ ...node, offset: undefined }),
    },
  ];
};
