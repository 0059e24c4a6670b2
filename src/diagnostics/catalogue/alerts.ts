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
});
