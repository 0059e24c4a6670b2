import { entries } from './entry.js';

/** OBS35xx: dashboards. */
export const dashboardEntries = entries({
  OBS3501: { severity: 'error', title: 'panel shows nothing', explanation: '' },
});
