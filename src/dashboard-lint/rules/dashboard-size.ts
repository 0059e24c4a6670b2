import { verdict, type Rule } from '../rule.js';

/** Bytes that the annotation of `kubectl apply` holds. */
const most = 262_144;

/** A ConfigMap of the dashboard can be applied. */
export const dashboardSize: Rule = {
  id: 'dashboard-size',
  from: 'obs-gen',
  *check({ json }) {
    const size = Buffer.byteLength(JSON.stringify(json));
    yield verdict(
      size < most,
      { path: '' },
      `the dashboard has ${size} bytes of compact JSON`,
      `\`kubectl apply\` takes ${most}: make two dashboards of it`,
    );
  },
};
