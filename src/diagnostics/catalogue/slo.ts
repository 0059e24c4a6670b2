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

The catalogues fit their windows to the period: pyrra stretches them, workbook and sloth shorten those that would wait for more than a quarter of the budget.

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
  OBS3210: {
    severity: 'warning',
    title: 'burn-rate alert that waits for too much of the budget',
    explanation: `When the long window of an arm trips at its own burn rate, factor x long window / period of the error budget is spent: 14.4 x 1h / 30d is 2 %. Where that is more than a quarter, little is left to save when somebody looks. That happens where windows made for a month are used for a week.

Shorten the long window and the short one with it, or leave the windows to a catalogue, which fits them to the period.`,
  },
  OBS3211: {
    severity: 'warning',
    title: 'one failure is enough for an alert',
    explanation: `With little traffic a single bad event exceeds every burn rate: of ten requests in an hour one is a tenth, which at an objective of 99.9 % is a burn rate of 100. Alerts on events therefore wait for several bad ones, as many as chance alone hardly brings. That guard is off here, by minEvents: 1 or because a query yields a share without counts, and the load that \`traffic\` declares is so low that expected events x factor x (1 - objective) is less than one.

Remove minEvents, or describe the SLI with the form events.`,
  },
  OBS3212: {
    severity: 'warning',
    title: 'too little traffic for an alert',
    explanation: `An arm waits for a few bad events in its long window before it fires, so that no single failure wakes anybody. At the load that \`traffic\` declares, fewer events than that come in the window, good and bad: in a complete outage the alert would be late or never come.

Write the windows out with longer ones, lower minEvents, send synthetic requests that are counted too, or measure time with a timeSlice on a probe.`,
  },
  OBS3213: {
    severity: 'warning',
    title: 'good or bad events that are not among all events',
    explanation: `A share is made of some events and of all of them: whatever \`good\` or \`bad\` counts has to be in \`total\` too. Where it is not, more than all can be good, and failures disappear behind successes that do not count. Where both count the same, the share is always 100 % or 0 %.

  total: 'runs_total{outcome!="cancelled"}'
  good: 'runs_total{outcome=~"completed|cancelled"}'     wrong: cancelled runs are in no total
  good: 'runs_total{outcome="completed"}'                right

Values of closed labels are compared exactly; where a label is open, only what is certain is reported.`,
  },
  OBS3214: {
    severity: 'warning',
    title: 'objective too strict to be defended by people',
    explanation: `A complete outage spends an error budget in period x (1 - objective): at 99.999 % over 30 days that is 26 seconds. A page needs a scrape, an evaluation of the rules and the time that Alertmanager waits to group alerts, half a minute by default. Where the budget is gone by then, the alert can only tell that the objective is missed.

Such an objective has to be kept by the service itself: by redundancy, retries, automatic rollback. Lower it, or switch the page off and keep the ticket.`,
  },
  OBS3215: {
    severity: 'warning',
    title: 'no-data alert later than the budget lasts',
    explanation: `An outage may take its own data along: a process that is gone counts no failures. The alert on missing data is what tells of it. Where it waits for longer than a complete outage needs to spend the whole error budget, the objective is missed before anybody knows that it is not measured.`,
  },
  OBS3216: {
    severity: 'warning',
    title: 'two objectives that promise the same',
    explanation: `Two objectives have the same SLI, the same share, period and groups. They record everything twice, and one incident makes two pages. Leave one out; where one of them is for another audience, switch its alerts off:

  alerting: { page: false, ticket: false }`,
  },
  OBS3217: {
    severity: 'warning',
    title: 'burn-rate alert that another one forestalls',
    explanation: `The longer the windows of an arm are, the lower its factor has to be: a long window is there to find what burns too slowly for a short one. An arm with longer windows and no smaller factor than another one of its severity, or than a page, fires after it if at all, and adds nothing but rules.`,
  },
  OBS3218: {
    severity: 'warning',
    title: 'burn rates that no alert covers',
    explanation: `Any burn rate above 1, kept up for the period, misses the objective. The lowest factor of the arms decides which of them nobody hears of: with 14.4 alone, a service may miss its objective fourteen times over without an alert. Add an arm with factor 1 over days as a ticket:

  windows:
    - { severity: page, long: 1h, short: 5m, factor: 14.4 }
    - { severity: ticket, long: 3d, short: 6h, factor: 1 }`,
  },
  OBS3219: {
    severity: 'warning',
    title: 'time slice whose query filters',
    explanation: `A comparison in PromQL drops the series for which it does not hold. In a time slice that leaves nothing to compare exactly when things are bad, and time without a value counts neither as good nor as bad: the objective is always met. Let the query yield the value, and compare it with op and value:

  timeSlice: { query: 'max(queue_depth) <= 500', op: '==', value: 1 }     wrong
  timeSlice: { query: max(queue_depth), op: '<=', value: 500 }            right`,
  },
});
