import { verdict, type Rule } from '../rule.js';

/** More choices than these nobody scrolls through. */
const most = 500;

/** Variables are of labels with few values. */
export const variableCardinality: Rule = {
  id: 'variable-cardinality',
  from: 'obs-gen',
  needsModel: true,
  *check({ variables }, { model }) {
    if (model === undefined) return;
    for (const { path, type, query, name } of variables) {
      const wire = /,\s*(\w+)\s*\)\s*$/.exec(query)?.[1];
      const label = [...model.labels.values()].find((each) => each.wire === wire);
      if (type !== 'query' || label === undefined) continue;
      const { bound } = label;
      const size = bound.kind === 'closed' ? bound.values.length : bound.cap;
      yield verdict(
        size <= most,
        { path },
        `the variable \`${name}\` offers up to ${size} values`,
        'narrow by a label with few values, and find single ones in traces or logs',
      );
    }
  },
};
