import { verdict, type Rule } from '../rule.js';

/** What comes from files is changed in files. */
export const uneditableDashboard: Rule = {
  id: 'uneditable-dashboard',
  from: 'dashboard-linter',
  *check({ json }) {
    yield verdict(
      json['editable'] === false,
      { path: 'editable' },
      'the dashboard can be changed in Grafana, and the next roll-out undoes it',
      'set `editable: false`',
    );
  },
};
