import { entries } from './entry.js';

/** OBS33xx: alerts. */
export const alertEntries = entries({
  OBS3301: {
    severity: 'error',
    title: 'template reads a label that the alert does not carry',
    explanation: `A summary or description reads {{ $labels.x }}, and the result of the alert's expression has no label x: the text would have a hole where its reader looks for a name. Aggregations drop every label that they do not name.

  expr: max by (queue) (depth) > 500
  summary: 'Queue {{ $labels.queue }} is long.'     right: the aggregation keeps queue

Keep the label with by (…), or take it out of the text. The labels of the alert itself (severity, service, owner and those under labels) are not part of $labels: the template is filled in from the expression's result.

The finding can be suppressed: the alert can still be compiled.`,
  },
  OBS3302: {
    severity: 'error',
    title: 'alert template syntax',
    explanation: `Summary and description are templates of Prometheus, in Go's template language: an action stands between {{ and }}. Prometheus refuses the rule file where one is not closed, or where it calls a function that does not exist.

  {{ $labels.queue }}              a label
  {{ $value | humanize }}          the value, with three digits and a unit prefix
  {{ $value | humanizePercentage }}

To show the braces themselves, write {{ "{{" }}.`,
  },
  OBS3303: {
    severity: 'error',
    title: 'two alerts with one name',
    explanation: `The alerts of an SLO get their names from it. One of them has the name of an alert under alerts: Alertmanager would route, silence and count the two as one, and both would claim the same runbook.

Rename the alert under alerts, or the SLO.`,
  },
  OBS3304: {
    severity: 'error',
    title: 'security alert without its counter',
    explanation: `The process counts a security event by the field that its alert names, and raises security_detections_total{event} where there were too many; the alert reads that counter. The metric is not declared here, so that no alert can be made.

Add the preset that declares it:

  presets: [security]`,
  },
  OBS3305: {
    severity: 'error',
    title: 'alert grouped by a label that its rule sets',
    explanation: `The alert fires once for each value of a label, and its rule then sets a label of the same name: severity always, and those under labels. All its series would become one, and Prometheus refuses the evaluation: the alert never fires.

  ratio: { part: …, whole: …, by: [severity], above: 0.05 }     each series gets severity="ticket"

Give the label another name on the wire (as), take it out of the alert's labels, or group by another one.`,
  },
  OBS3310: {
    severity: 'warning',
    title: 'alert without a condition',
    explanation: `An alert fires for every series that its expression yields, whatever the value. The expression compares nothing: it yields series at all times, and so the alert fires at all times. A comparison with bool does not filter either: it yields 0 or 1 for each series.

  expr: queue_depth             fires as long as there are queues
  expr: queue_depth > 500       right`,
  },
  OBS3311: {
    severity: 'warning',
    title: 'alert on absence without a pending time',
    explanation: `absent() holds as soon as one scrape fails or the program restarts, because Prometheus marks the series of a failed scrape as ended. Without for, or with less than two scrape intervals, every deployment fires the alert.

  for: 5m`,
  },
  OBS3312: {
    severity: 'warning',
    title: 'pending time shorter than an evaluation',
    explanation: `Rules are evaluated once in each evaluation interval. A condition that holds is pending at one evaluation and fires at the next one at the earliest: a shorter for means no more than the interval itself. Write at least the interval, or leave for out to fire at once.`,
  },
  OBS3314: {
    severity: 'warning',
    title: 'two alerts with one condition',
    explanation: `Two alerts have the same expression, the same severity and the same labels of their own: whoever gets one gets the other at the same time. Remove one, or give them different severities or pending times.`,
  },
  OBS3315: {
    severity: 'warning',
    title: 'alert with very many instances',
    explanation: `The result has a label with many values, or several labels, and the product of their bounds is more than a person can read: an incident that touches all of them sends so many alerts. Aggregate labels away that nobody acts on, and read them off a dashboard.`,
  },
  OBS3316: {
    severity: 'warning',
    title: 'template in a label of an alert',
    explanation: `Labels tell alerts apart: Alertmanager groups, silences and inhibits by them. A label that held a value would make a new alert of each evaluation, so that obs-gen writes the labels of an alert as they stand, braces included. Put the value into summary or description, and keep a label of the result with by (…).`,
  },
  OBS3317: {
    severity: 'warning',
    title: 'raw fraction in a text',
    explanation: `The value is a quotient, a rate or a quantile, and the text shows it as Prometheus computed it, with all its digits: 0.053846153846153844. Format it:

  {{ $value | humanizePercentage }}    a share, as 5.385%
  {{ $value | humanizeDuration }}      seconds, as 1m 5s
  {{ $value | humanize }}              anything else, with four digits`,
  },
});
