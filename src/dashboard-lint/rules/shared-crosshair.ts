import { verdict, type Rule } from '../rule.js';

/** The panels show one point in time together. */
export const sharedCrosshair: Rule = {
  id: 'shared-crosshair',
  from: 'obs-gen',
  *check({ json }) {
    yield verdict(
      json['graphTooltip'] === 1 || json['graphTooltip'] === 2,
      { path: 'graphTooltip' },
      'each panel has a crosshair of its own',
      'set `graphTooltip: 1`: what happened at one time is seen in all panels',
    );
  },
};
