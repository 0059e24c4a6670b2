import { entries } from './entry.js';

/** OBS3140 to OBS3158: labels, missing values, units and thresholds of what a query yields. */
export const resultEntries = entries({
  OBS3140: {
    severity: 'error',
    title: 'label that was aggregated away',
    explanation: `An aggregation keeps the labels that it names and drops all others. What stands around it groups by, or matches on, a label that is gone: everything falls into one group, as if the label were not written.

  sum by (queue) (max by (tool) (x))             queue is gone
  sum by (queue) (max by (tool, queue) (x))      right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3141: {
    severity: 'error',
    title: 'sides of an operator that never match',
    explanation: `Between two vectors an operator works on series with the same labels. One side has a label that the other side certainly lacks, so that no two series match, and the result is always empty, without an error.

  sum by (route) (rate(failures_total[5m])) / sum(rate(requests_total[5m]))                       empty
  sum by (route) (rate(failures_total[5m])) / on () group_left () sum(rate(requests_total[5m]))   right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3142: {
    severity: 'error',
    title: 'several series for one match',
    explanation: `With on or ignoring, series match by some of their labels. Several series on one side differ only in the others: Prometheus refuses to choose and the whole query fails, as soon as there are two of them. Say that one side has many with group_left or group_right, or aggregate the other labels away.

  x / on (queue) y                        fails where x has a series for each tool
  x / on (queue) group_left () y          right where y has one for each queue

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3143: {
    severity: 'error',
    title: 'group_left takes a label that is not there',
    explanation: `group_left (label) copies a label from the side with one series for each match. That side has no such label: the copy is empty, and removes the label where the other side has it.

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3144: {
    severity: 'warning',
    title: 'template reads a label that some results lack',
    explanation: `The expression of the alert has two sides, joined with or, and only one of them has the label that the text reads. Where the other side fires, the text has a hole. Keep the label on both sides, or make two alerts of it.`,
  },
  OBS3145: {
    severity: 'warning',
    title: 'value that is no number within a sum',
    explanation: `A quotient is NaN where nothing is divided by nothing, as a ratio is while nothing happens. One such value makes a whole sum, mean or deviation NaN, for all series and for as long as it is looked back. Let the denominator pass only where it is not 0:

  avg(failures / requests)             NaN as soon as one of them is idle
  avg(failures / (requests > 0))       right`,
  },
  OBS3146: {
    severity: 'warning',
    title: 'division by what is 0 while nothing happens',
    explanation: `A rate is 0 while nothing happens. Something divided by it is infinite, and beyond every threshold: the alert fires over nothing. Nothing divided by it is NaN, which stays in whatever is computed from it. Compare the denominator with 0 first, which lets it pass only where it is more; an alert of the form ratio does so by itself.

  sum(rate(failures_total[5m])) / (sum(rate(requests_total[5m])) > 0) > 0.05`,
  },
  OBS3147: {
    severity: 'warning',
    title: 'share without its part',
    explanation: `A counter's row exists from its first event on, unless the spec lets it begin at 0. Before the first event of its kind the numerator has no series, and neither has the quotient: a share of successes that is 0 because nothing ever succeeded is never below the threshold. Let the counter begin at 0 (init: true), or write the 0:

  (sum(rate(x_total{outcome="ok"}[5m])) or 0 * sum(rate(x_total[5m]))) / (sum(rate(x_total[5m])) > 0) < 0.9`,
  },
  OBS3148: {
    severity: 'warning',
    title: 'or vector(0) beside series with labels',
    explanation: `vector(0) has no labels. Behind \`or\` it is added wherever no series without labels stands on the left, which is always the case here: the result has one more series, which is always 0, and none of the missing ones. To show 0 where there is nothing at all, write or on () vector(0).`,
  },
  OBS3149: {
    severity: 'warning',
    title: 'absent of groups',
    explanation: `absent() holds where its argument has no series whatsoever. With an aggregation by labels inside, one group that is gone changes nothing as long as another one is left; and the result has none of the labels. Ask for the one series that must be there, or compare with the past.

  absent(sum by (queue) (depth))             only where all queues are gone
  absent(depth{queue="intake"})              right`,
  },
  OBS3150: {
    severity: 'error',
    title: 'and, unless with sides that never match',
    explanation: `\`and\` and \`unless\` compare the labels of both sides. One side has a label that the other side certainly lacks: \`and\` never lets anything pass, \`unless\` never takes anything away. Say which labels count, with on:

  max by (queue) (depth) > 100 and sum(workers) < 1                no series, ever
  max by (queue) (depth) > 100 and on () sum(workers) < 1          right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3151: {
    severity: 'error',
    title: 'comparison that never holds',
    explanation: `The value can never be on the other side of the threshold: the metric's range says so, or a share is compared with a percentage, or a count with 0. The condition is always empty and the alert never fires.

  metrics:
    hit_ratio: { type: gauge, help: Share of hits., range: [0, 1] }
  # hit_ratio > 90 never holds: 0.9 was meant

Where there is nothing to count, count() yields no series, not 0: ask with absent().

The finding can be suppressed: the rule can still be compiled.`,
  },
  OBS3152: {
    severity: 'error',
    title: 'comparison that always holds',
    explanation: `Every value that there can be is on this side of the threshold, so that the alert fires for every series all the time. Compare with a value that can be passed; to ask whether there are series at all, write count(x) > 0.

The finding can be suppressed: the rule can still be compiled.`,
  },
  OBS3153: {
    severity: 'warning',
    title: 'threshold of another scale',
    explanation: `The threshold looks as if it were written in another unit than the value: percent where the value is a share between 0 and 1, milliseconds where it is seconds. Prometheus has base units only, so that a share is compared with 0.9 and a time with 0.25.`,
  },
  OBS3154: {
    severity: 'warning',
    title: 'different units added or compared',
    explanation: `The names of the metrics say that one side is, for instance, in seconds and the other in bytes. Their sum, difference or comparison means nothing. Where a unit belongs to one side only by its name, rename the metric; where a weight is meant, multiply each side by its own.`,
  },
  OBS3155: {
    severity: 'warning',
    title: 'share in another unit',
    explanation: `The SLI says unit: ratio, and its query yields something else: the quotient of two different units, or a plain quantity. A share is the quotient of two amounts of the same thing and lies between 0 and 1.`,
  },
  OBS3156: {
    severity: 'warning',
    title: 'formatting that disagrees with the unit',
    explanation: `The text formats the value as if it had another unit: humanizePercentage multiplies a share by 100, humanizeDuration takes seconds, humanize1024 takes bytes. The value of this expression is something else.

  {{ $value | humanizePercentage }}    for a share between 0 and 1
  {{ $value | humanizeDuration }}      for seconds
  {{ $value | humanize }}              for anything else`,
  },
  OBS3157: {
    severity: 'warning',
    title: 'panel unit that disagrees with the query',
    explanation: `The unit of the panel is not the unit of what its query yields: Grafana would show seconds as bytes, or 0.95 as 0.95%. Units of Grafana: s for seconds, bytes for bytes, percentunit for a share between 0 and 1, percent for 0 to 100. Without a unit obs-gen takes it from the query.`,
  },
  OBS3158: {
    severity: 'warning',
    title: 'alert on the largest series of the moment',
    explanation: `topk, bottomk and limitk pick some of the series anew at each evaluation. An alert for a series ends when another one takes its place, though its value has not changed, and the time of for begins again. Compare every series with the threshold; to have one alert, take the max.`,
  },
});
