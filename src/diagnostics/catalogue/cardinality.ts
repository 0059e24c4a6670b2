import { entries } from './entry.js';

/** OBS34xx: labels, caps and series budgets. */
export const cardinalityEntries = entries({
  OBS3401: {
    severity: 'error',
    title: 'series budget of a metric exceeded',
    explanation: `The most series that one instance can expose of a metric is the product of the sizes of its labels, times the series of a row: 1 for counters and gauges, buckets + 3 for histograms (+Inf, _sum, _count). A closed label has as many values as are listed, any other its cap and one more for \`__other__\`. The product is above \`budgets.seriesPerMetric\`.

Lower the cap of the label that weighs most, take a label off the metric (off a histogram first, where each costs a multiple), use fewer buckets, or raise the budget knowingly.

  budgets: { seriesPerMetric: 4000 }

The finding can be suppressed: the metric can still be compiled.`,
  },
  OBS3402: {
    severity: 'error',
    title: 'label without a bound',
    explanation: `Each distinct value of a label is a series that is stored, and a label that takes what it gets (an error text, a path, an id) grows without end. So every label says what bounds it.

List the \`values\`; or let the program register the names that it knows at start-up; or cap how many distinct values are kept, the rest sharing \`__other__\`.

  outcome: { description: How it ended., values: [ok, failed] }
  tool: { description: Tool., registered: true, cap: 60 }
  queue: { description: Queue., cap: 20 }`,
  },
  OBS3403: {
    severity: 'error',
    title: 'series budget of an instance exceeded',
    explanation: `The worst cases of all metrics, those of presets included, add up to more than \`budgets.seriesPerInstance\`. Each instance of the service can expose so many series, and Prometheus keeps them all in memory.

Lower the caps of the metrics that weigh most (the message names them), drop presets that are not needed, or raise the budget knowingly.

The finding can be suppressed: the spec can still be compiled.`,
  },
  OBS3404: {
    severity: 'warning',
    title: 'cap too large',
    explanation: `A label with more than 1000 values is no dimension that somebody looks at: it is an identifier. Every metric that has it multiplies by it, and so do the rules and dashboards that read it.

Lower the cap, group the values (a route template instead of a path, a class instead of a message), or move the value to a span attribute or a log field.`,
  },
  OBS3405: {
    severity: 'warning',
    title: 'label that looks like an identifier',
    explanation: `Users, sessions, requests, addresses, URLs and e-mails have no end of values. With a cap the first ones that happen to come keep their names, and all others share \`__other__\`: neither complete nor comparable. Some of them are personal data as well.

Put the value on a span or into a log line, where one request is looked up. If the set is small and known, say so: list its \`values\`, or register the names at start-up.

  tenant: { description: Tenant., registered: true, cap: 40 }`,
  },
  OBS3406: {
    severity: 'error',
    title: 'label with two bounds',
    explanation: `A label is closed (\`values\`), registered (\`registered: true\` with \`cap\`) or open (\`cap\`). With \`values\` there is nothing left to cap or to register, and one of the two would be ignored.

Keep the list, or the cap.`,
  },
});
