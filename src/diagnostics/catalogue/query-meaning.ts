import { entries } from './entry.js';

/** OBS3116 to OBS3139: what selectors, functions and histograms of a query mean. */
export const queryEntries = entries({
  OBS3116: {
    severity: 'warning',
    title: 'pattern that needs no pattern',
    explanation: `A matcher with =~ or !~ holds a plain text, or puts ^ and $ around a pattern. Prometheus always compares the whole value, so that the anchors add nothing; and a plain text is found faster, and read more easily, with = or !=.

  {status=~"failed"}        write {status="failed"}
  {route=~"^/api/.*$"}      write {route=~"/api/.*"}`,
  },
  OBS3117: {
    severity: 'warning',
    title: 'matcher that leaves nothing out',
    explanation: `The matcher names every value that the label can have, so that it selects what would be selected without it. Often a value was added to the query that should have been left out.

  labels:
    outcome: { description: How it ended., values: [ok, failed] }
  # {outcome=~"ok|failed"} is the same as {}`,
  },
  OBS3118: {
    severity: 'error',
    title: 'bucket that the histogram does not have',
    explanation: `A query asks for the bucket with one upper bound, and the histogram has no such bound: the selector is empty for ever. Name one of its bounds, or add the bound to its buckets.

  request_seconds: { type: histogram, help: …, buckets: [0.5, 1, 2] }
  # request_seconds_bucket{le="0.5"}, not le="0.4"

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3119: {
    severity: 'warning',
    title: 'bucket bound that servers spell differently',
    explanation: `Programs write the bound of a bucket as 1 or as 1.0. Prometheus 2 keeps what they write; Prometheus 3 stores whole bounds as 1.0. A matcher with one spelling finds nothing after an update of the server, or of the program's library, without a word. Match both:

  {le=~"1|1\\.0"}

An SLI of the form latency takes care of it.`,
  },
  OBS3120: {
    severity: 'warning',
    title: 'more values than the label keeps',
    explanation: `The query names more values of a label than its cap admits. The values beyond the cap share the value __other__, so that some of those named here are never seen. Raise the cap, or close the label with the list of its values.`,
  },
  OBS3121: {
    severity: 'warning',
    title: 'service named otherwise than by its selector',
    explanation: `The query selects the series of this service by a label whose value is nearly, and not quite, the one that service.selector declares: it finds nothing. Correct the value; rules need no such matcher at all, since obs-gen adds the selector to them.

  service: { name: shop, selector: { job: shop } }
  # requests_total{job="shop"}`,
  },
  OBS3122: {
    severity: 'error',
    title: 'rate of what is no counter',
    explanation: `rate(), irate() and increase() take each fall of the value for a restart of the program, and add what the value had before. Of a gauge, of a rate or of a quantile that gives numbers which mean nothing, and are far too large.

  rate(queue_depth[5m])          wrong: a queue grows and shrinks
  deriv(queue_depth[5m])         right: how fast it grows, or shrinks
  rate(rate(x_total[5m])[5m:])   wrong: a rate of a rate

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3123: {
    severity: 'warning',
    title: 'difference of a counter that ignores restarts',
    explanation: `delta(), idelta(), deriv(), predict_linear() and double_exponential_smoothing() are made for gauges. A counter begins at 0 again when its program restarts, which they take for a steep fall. Use increase() for delta(), rate() for deriv(); to draw a line through a counter's speed, take rate() in a subquery first.`,
  },
  OBS3124: {
    severity: 'error',
    title: 'range without two samples',
    explanation: `The function compares the samples in a range with one another and needs two of them. The range is shorter than two scrape intervals: at most evaluations it holds one or none, and there is no result. Take a range of at least four intervals, so that a scrape that is missed does no harm.

  target: { prometheus: { scrapeInterval: 15s } }
  rate(x_total[20s])     too short
  rate(x_total[1m])      right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3125: {
    severity: 'warning',
    title: 'range that one missed scrape empties',
    explanation: `The range holds two or three samples. When one scrape fails or comes late, fewer than two are left, and there is no result at that time: an alert ends and begins again, a line has gaps. Take a range of at least four scrape intervals.`,
  },
  OBS3126: {
    severity: 'warning',
    title: 'counters added up before their rate',
    explanation: `The sum of raw counters falls whenever one of the programs restarts, and says how much was counted since each of them was started: a time that nobody chose. Take rate() or increase() of each counter and add up what they yield.

  sum(requests_total)                     since the starts of the programs
  sum(increase(requests_total[24h]))      of the last day`,
  },
  OBS3127: {
    severity: 'warning',
    title: 'raw counter compared with a threshold',
    explanation: `A counter only grows. One day it passes the threshold, and from then on the alert fires until the program restarts, whatever happens. Compare what was counted in a time, or its speed. Whether anything was counted at all may be asked: x_total > 0.

  failures_total > 100                   fires for ever
  increase(failures_total[1h]) > 100     fires while it is so bad`,
  },
  OBS3128: {
    severity: 'warning',
    title: 'rate of counters that were joined before',
    explanation: `Counters were added up, or a maximum was taken of them, and rate() or increase() comes after that, over a subquery or over what a rule recorded. When one of the programs restarts, the sum falls by what that program had counted; rate() takes that for a restart of all and adds the whole sum. Take the rate first.

  rate(sum(x_total)[5m:])     wrong
  sum(rate(x_total[5m]))      right`,
  },
  OBS3129: {
    severity: 'warning',
    title: 'subquery with a step finer than its samples',
    explanation: `The subquery computes its expression more often than the metric is scraped. The same samples are looked at several times, which costs time and changes nothing, but makes counts and sums over the subquery larger than they should be. Take the scrape interval as the step, or more.`,
  },
  OBS3130: {
    severity: 'warning',
    title: 'alert on the last two samples',
    explanation: `irate() looks at the last two samples of its range. It shows short peaks on a graph; under an alert a single quiet moment makes the condition false, and the time of for begins anew. Use rate().`,
  },
  OBS3131: {
    severity: 'warning',
    title: 'increase compared for equality',
    explanation: `increase() works out how much a counter would have grown between the ends of its range, which lie between samples: the result of 3 events is 3.07 or 2.98. Compared with == it hardly ever holds. Compare with > or <, half a unit aside.

  increase(restarts_total[1h]) == 3      hardly ever
  increase(restarts_total[1h]) > 2.5     right`,
  },
  OBS3132: {
    severity: 'warning',
    title: 'statistics over the readings of a counter',
    explanation: `The mean, the sum or the deviation of a counter's readings tells when the program was started and how often it was read, and nothing of what it counted. Use increase() for the number of events in a time, rate() for their mean speed.

  avg_over_time(requests_total[1h])     means nothing
  rate(requests_total[1h])              the mean speed of the hour`,
  },
  OBS3133: {
    severity: 'error',
    title: 'quantile outside 0 to 1',
    explanation: `Quantiles are shares: the 95th percentile is 0.95. Prometheus answers a quantile above 1 with +Inf and one below 0 with -Inf, so that the condition always holds, or never.

  histogram_quantile(95, …)       always +Inf
  histogram_quantile(0.95, …)     right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3134: {
    severity: 'error',
    title: 'quantile of buckets without le',
    explanation: `histogram_quantile() tells the buckets of a histogram apart by the label le, the upper bound. An aggregation that drops le adds all buckets up: there is no result, and no error either.

  histogram_quantile(0.95, sum by (route) (rate(x_bucket[5m])))          no result
  histogram_quantile(0.95, sum by (le, route) (rate(x_bucket[5m])))      right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3135: {
    severity: 'warning',
    title: 'quantile since the start of the program',
    explanation: `The buckets of a histogram are counters. A quantile of the raw counters is over every event since the programs were started: after a week nothing that happens now moves it. Take their rate first, over the time that is meant.

  histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))`,
  },
  OBS3136: {
    severity: 'warning',
    title: 'mean or sum of quantiles',
    explanation: `Quantiles cannot be averaged or added: the mean of the 95th percentiles of ten instances is not the 95th percentile of all their requests, and can be far from it. Add the buckets up first and take one quantile of the sum; or take the max, which is the quantile of the worst instance.

  avg(histogram_quantile(0.95, sum by (le, route) (rate(x_bucket[5m]))))      means nothing
  histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))                  right`,
  },
  OBS3137: {
    severity: 'error',
    title: 'histogram function on what is no such histogram',
    explanation: `histogram_quantile() reads the series of buckets, x_bucket; histogram_count(), histogram_sum(), histogram_avg() and their kin read native histograms. Of anything else they yield nothing, without an error. The metrics of this spec are classic histograms: their count is the series x_count, their sum x_sum.

  histogram_count(x_bucket)      nothing
  x_count                        right

The finding can be suppressed: the query can still be evaluated.`,
  },
  OBS3138: {
    severity: 'error',
    title: 'threshold that no quantile can reach',
    explanation: `A quantile of a histogram is at most the bound of its last bucket: of longer times the histogram knows only that they were longer. A threshold at that bound or above is never exceeded, and the alert never fires. Lower the threshold below the last bound, or add larger buckets. Where the threshold is a thousand times too large, it is in milliseconds.

  buckets: [0.1, 0.5, 1, 5]
  histogram_quantile(0.99, …) > 10       never
  histogram_quantile(0.99, …) > 500      never: 0.5 was meant

The finding can be suppressed: the rule can still be compiled.`,
  },
  OBS3139: {
    severity: 'warning',
    title: 'threshold within a wide bucket',
    explanation: `Within a bucket Prometheus draws a straight line: the quantile is a guess between the two bounds. Here they are more than five times apart, so that the comparison says little. At a bound it is exact: compare with one, or add the threshold to the buckets.`,
  },
});
