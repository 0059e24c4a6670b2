import { entries } from './entry.js';

/** OBS32xx: SLIs and SLO arithmetic. */
export const sloEntries = entries({
  OBS3201: {
    severity: 'error',
    title: 'latency threshold is no bucket bound',
    explanation: `A histogram only knows how many events were at most as long as each of its bucket bounds. A threshold between two bounds cannot be counted: the SLI would read a bucket that does not exist, and have no data. Take a bound as the threshold, or add the threshold to the buckets of the histogram.

  buckets: [0.5, 1, 2, 5]
  latency: { histogram: request_duration_seconds, threshold: 2s }     right: 2 is a bound`,
  },
  OBS3202: {
    severity: 'error',
    title: 'latency threshold above the largest bucket',
    explanation: `Events beyond the largest bound all fall into one bucket without an upper end, so that nothing can be said of a threshold above it. Add larger bounds to the histogram, at least up to the threshold; one more beyond it shows by how much it is missed.`,
  },
  OBS3203: {
    severity: 'error',
    title: 'SLO on an SLI that cannot carry it',
    explanation: `An objective needs a share of good events or of good time. A quantile is no share: percentiles cannot be added up over a period, so that no error budget can be computed from one. A query of your own is a share only where the spec says so with unit: ratio, and it can be asked for each window of the objective only where $window stands in it.

To put an objective on latency, count the events within a threshold:

  slis:
    fast: { latency: { histogram: request_duration_seconds, threshold: 2s } }`,
  },
  OBS3204: {
    severity: 'error',
    title: 'burn-rate alert that can never fire',
    explanation: `An arm of a burn-rate alert fires when the share of bad events exceeds factor x (1 - objective). Where that product is 1 or more, not even a complete outage reaches it: with an objective of 90 % the highest possible burn rate is 10, and the usual page at 14.4 is dead.

Write the windows out with smaller factors, raise the objective, or switch the page off and keep the ticket:

  windows:
    - { severity: page, long: 1h, short: 5m, factor: 7 }
    - { severity: ticket, long: 1d, short: 2h, factor: 2 }

The finding can be suppressed: the rules can still be compiled.`,
  },
  OBS3205: {
    severity: 'warning',
    title: 'burn-rate alert below factor 1',
    explanation: `A burn rate of 1 spends the error budget in exactly the period. An arm with a factor below 1 fires although the objective will be met, and teaches its readers to ignore it. Raise the factor to 1 or more.`,
  },
  OBS3206: {
    severity: 'error',
    title: 'windows and period do not fit',
    explanation: `The windows of a burn-rate alert have to fit into one another: the short window is shorter than the long one, the long one is not longer than the period, and the shortest holds at least two scrapes, because no rate can be computed from less. Catalogues of windows that scale with the period become too short where the period is only a few hours: write the windows out, or take a longer period.

The catalogues workbook and sloth are made for periods of about a month; pyrra scales with the period.

The finding can be suppressed: the rules can still be compiled.`,
  },
  OBS3207: {
    severity: 'error',
    title: 'retention shorter than the period',
    explanation: `The error budget of a period is computed from samples that reach back to its start. Where Prometheus deletes them earlier, the budget looks better than it is: a bad day leaves the computation while it still counts. Raise the retention, shorten the period, or read the objective from a long-term store.

The finding can be suppressed: the rules can still be compiled.`,
  },
  OBS3208: {
    severity: 'error',
    title: 'grouped by a label that the rules set themselves',
    explanation: `The rules of an objective put labels of their own on what they record, \`slo\` and \`service\`, and on their alerts, \`severity\` and \`owner\`; those of a quantile \`sli\` and \`service\`. A rule's label replaces the label of the same name that a group brings along. All groups would get one and the same set of labels, which Prometheus refuses: the rule fails at every evaluation, and no alert ever fires. An objective may be grouped by \`service\`: its rules then leave that label to the groups.

Give the label another name on the wire, in the code that records it too, or leave it out of \`by\`.

  labels:
    severity: { description: Severity of the ticket., as: ticket_severity, values: [low, high] }`,
  },
  OBS3209: {
    severity: 'warning',
    title: 'minEvents without counts',
    explanation: `\`minEvents\` keeps an alert silent until so many bad events lie in the long window of an arm. An SLI of the form \`query\` yields the share of bad events and nothing that could be counted, so that its alerts fire on a single bad event of a quiet night, whatever \`minEvents\` says.

Describe the SLI with the form \`events\`, which counts, or write the guard into the query and remove the key.`,
  },
});
