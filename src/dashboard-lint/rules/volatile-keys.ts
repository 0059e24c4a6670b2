import { verdict, type Rule } from '../rule.js';

const volatile = ['id', 'version', 'iteration', 'gnetId', '__inputs', '__requires', '__elements'];

/** Nothing in the file changes unless what it shows does: `id` and `version` are the database's. */
export const volatileKeys: Rule = {
  id: 'volatile-keys',
  from: 'obs-gen',
  *check({ json }) {
    for (const key of volatile) {
      yield verdict(
        json[key] === undefined || json[key] === null,
        { path: key },
        `the file has the key \`${key}\`, which belongs to one Grafana`,
        'remove it: it differs each time the dashboard is exported',
      );
    }
  },
};
