import { entries } from './entry.js';

/** OBS37xx: what has a day, baselines, and many services in one repository. */
export const lifecycleEntries = entries({
  OBS3701: {
    severity: 'warning',
    title: 'entry has expired',
    explanation: `A metric, an alert, a dashboard or a log event says with \`expires\` until when it was wanted, and that day has come. It is compiled as before: a build must not change because of a date, and a change of something else must not wait for this one.

Ask its owner. Remove the entry where nobody needs it any more, or move the day.

  metrics:
    experiment_runs_total: { type: counter, help: Runs of the trial., expires: 2027-06-30 }

\`obs-gen expiring\` lists every day of a spec, and may run on a schedule.`,
  },
  OBS3710: {
    severity: 'error',
    title: 'baseline that cannot be read',
    explanation: `The file of accepted findings is no JSON, or has another form than the one that \`obs-gen validate --write-baseline\` writes:

  {
    "version": 1,
    "findings": [
      { "at": "alerts.QueueGrowing.expr", "code": "OBS3110" },
      { "at": "metrics.runs_total.labels", "code": "OBS3401", "count": 2 }
    ]
  }

Correct it, or write it anew. No finding is accepted before that.`,
  },
  OBS3711: {
    severity: 'warning',
    title: 'baseline entry that no finding needs',
    explanation: `The baseline accepts a finding that does not occur any more, or occurs fewer times than it says. Left there, it would accept the next finding of the same kind at the same place, which nobody has looked at.

  obs-gen validate --write-baseline

Write the baseline anew with \`--write-baseline\`, or remove the entry: a baseline only ever gets shorter.`,
  },
  OBS3712: {
    severity: 'warning',
    title: 'baseline entry for what cannot be accepted',
    explanation: `The baseline names a finding that leaves nothing behind which could be compiled: broken syntax, a reference that leads nowhere, a secret. Such a finding is reported whatever a baseline says.

  { "version": 1, "findings": [{ "at": "slis.success", "code": "OBS3001" }] }     a reference that leads nowhere

Mend what it is about, and remove the entry.`,
  },
  OBS3720: {
    severity: 'error',
    title: 'two services with one name',
    explanation: `Several specs were given, and two of them describe services of the same name in the same namespace. Their rule groups, dashboards and recorded series carry the name, so that one would overwrite the other.

  a/observability.yaml:  service: { name: checkout }
  b/observability.yaml:  service: { name: checkout }       rename it: checkout-admin

Rename one of them under \`service.name\`, or give them different namespaces and outputs. Where it is one service, let one spec import the other.`,
  },
  OBS3721: {
    severity: 'warning',
    title: 'alert name that two services use',
    explanation: `Two services of this repository declare alerts with the same name in places of their own. Silences, inhibitions and people tell alerts by their name: who silences one of them silences both.

  a/observability.yaml:  alerts: { QueueSlow: … }
  b/observability.yaml:  alerts: { QueueSlow: … }          rename it: BillingQueueSlow

Rename one, with the service in the name. Where both are meant to be the same alert, declare it in a file that both specs import: one declaration has one meaning, and is not reported.`,
  },
  OBS3722: {
    severity: 'error',
    title: 'recorded series of two services clash',
    explanation: `Rules of two services record a series of the same name and the same labels, and nothing tells what they read apart. On a server that loads both, the two rules overwrite each other's samples.

  a/observability.yaml:  service: { name: a, selector: { job: a } }
  b/observability.yaml:  service: { name: b, selector: { job: b } }     with both, nothing clashes

Give both services a \`service.selector\` that differs, or load their rules into different servers.`,
  },
  OBS3723: {
    severity: 'info',
    title: 'label that means something else in another service',
    explanation: `Two services have a label of the same name on the wire with other values or another bound. A query over both joins what does not belong together, and a dashboard's variable lists values that one of them never has.

  a/observability.yaml:  outcome: { description: How it ended., values: [ok, failed] }
  b/observability.yaml:  outcome: { description: How it ended., values: [paid, open] }     as: payment_outcome

Declare the label in a file that both specs import, or give one of them another name with \`as\`.`,
  },
  OBS3724: {
    severity: 'warning',
    title: 'metric of another type in another service',
    explanation: `Two services expose a metric of the same name, once as one type and once as another. No query can read both: \`rate\` is for counters, quantiles are for histograms.

  a/observability.yaml:  queue_length: { type: gauge, help: Waiting. }
  b/observability.yaml:  queue_length: { type: histogram, help: Waiting. }

Rename one of them, or declare the metric in a file that both specs import.`,
  },
});
