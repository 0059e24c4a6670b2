import { list } from '../json.js';
import { verdict, type Rule } from '../rule.js';

/** From a dashboard one gets to those beside it. */
export const dashboardLinks: Rule = {
  id: 'dashboard-links',
  from: 'obs-gen',
  *check({ json }) {
    yield verdict(
      list(json['links']).length > 0,
      { path: 'links' },
      'the dashboard leads to no other one',
      'link the dashboards of the service by their tag',
    );
  },
};
