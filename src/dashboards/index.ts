import type { Dashboard, Model } from '../model/model.js';

/** Every dashboard that is written: the author's own, then those that the spec has without asking for them. */
export function allDashboards(model: Model): readonly Dashboard[] {
  return [...model.dashboards.values()];
}
