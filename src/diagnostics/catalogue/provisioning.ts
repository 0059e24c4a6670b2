import { entries } from './entry.js';

/** OBS355x: what Grafana and Kubernetes take of dashboards. */
export const provisioningEntries = entries({
  OBS3550: {
    severity: 'warning',
    title: 'dashboard that plain kubectl apply refuses',
    explanation: `\`kubectl apply\` keeps the whole manifest in an annotation, and the annotations of an object hold 262144 bytes at most. The ConfigMap of this dashboard is larger: "metadata.annotations: Too long".

Apply it with \`kubectl apply --server-side\`, which keeps no copy; Argo CD and Flux have the same as an option. Or make two dashboards of it: one with hundreds of panels is slow to open as well.

  suppress:
    - { code: OBS3550, at: dashboards.overview, reason: applied with --server-side }`,
  },
  OBS3551: {
    severity: 'error',
    title: 'dashboard too large for a ConfigMap',
    explanation: `A ConfigMap holds 1048576 bytes. The JSON of this dashboard has more, without a single space in it, and no way of applying it changes that.

Make several dashboards of it, or remove \`stack.kubernetes\` and hand Grafana the files of grafana/dashboards in another way.`,
  },
});
