import type { Grouping, VectorMatching } from '../../../promql/ast.js';
import type { ExprChange, ExprOperator } from '../mutant.js';
import { isBehindZero } from '../sites.js';
import { dropped, quoted } from '../words.js';

function less<T extends Grouping | VectorMatching>(grouping: T, label: string): T {
  return { ...grouping, labels: grouping.labels.filter((each) => each !== label), labelsAt: undefined };
}

/** A label left out of `by`, `without`, `on` or `ignoring`, and the whole of them left out. */
export const groupings: ExprOperator = (site) => {
  const { node } = site;
  if (isBehindZero(site)) return [];
  if (node.kind === 'aggregation' && node.grouping !== undefined) {
    const { grouping } = node;
    const whole = `${grouping.mode} (${grouping.labels.join(', ')})`;
    const all: ExprChange = {
      kind: 'grouping',
      what: dropped(whole),
      expr: site.put({ ...node, grouping: undefined }),
    };
    if (grouping.labels.length < 2) return [all];
    const single = grouping.labels.map((label): ExprChange => ({
      kind: 'grouping',
      what: `${quoted(label)} was left out of ${quoted(whole)}`,
      expr: site.put({ ...node, grouping: less(grouping, label) }),
    }));
    return [all, ...single];
  }
  if (node.kind === 'binary' && node.matching !== undefined) {
    const { matching } = node;
    return matching.labels.map((label): ExprChange => ({
      kind: 'grouping',
      what: `${quoted(label)} was left out of ${quoted(`${matching.mode} (${matching.labels.join(', ')})`)}`,
      expr: site.put({ ...node, matching: less(matching, label) }),
    }));
  }
  return [];
};
