import type { SeenSample } from '../seen.js';
import { seriesKey } from '../seen.js';
import { declared, type RuleContext, type Subject } from './context.js';

interface Row {
  readonly buckets: (readonly [bound: number, sample: SeenSample])[];
  count: SeenSample | undefined;
}

function rowsOf({ metric, family }: Subject): Iterable<Row> {
  const rows = new Map<string, Row>();
  for (const sample of family.samples) {
    const part = sample.name.slice(metric.name.length);
    if (part !== '_bucket' && part !== '_count') continue;
    const labels = new Map(sample.labels);
    labels.delete('le');
    const key = seriesKey('', labels);
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { buckets: [], count: undefined }));
    if (part === '_count') row.count = sample;
    else row.buckets.push([boundOf(sample.labels.get('le') ?? ''), sample]);
  }
  return rows.values();
}

function boundOf(text: string): number {
  return /^\+?Inf$/i.test(text) ? Infinity : text === '' ? NaN : Number(text);
}

const list = (bounds: readonly number[]): string => bounds.map(String).join(', ');

function checkBounds({ tally }: RuleContext, { metric, family }: Subject, bounds: readonly number[]): void {
  const finite = bounds.filter((bound) => bound !== Infinity);
  const wanted = new Set(metric.buckets);
  const extra = finite.filter((bound) => !wanted.has(bound));
  const missing = metric.buckets.filter((bound) => !finite.includes(bound));
  if (extra.length === 0 && missing.length === 0) return;
  tally.add('OBS6014', metric.name, () => ({
    message: `the buckets of \`${metric.name}\` are not those of the spec: ${[
      ...(extra.length === 0 ? [] : [`${list(extra)} ${extra.length === 1 ? 'is' : 'are'} not declared`]),
      ...(missing.length === 0 ? [] : [`${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`]),
    ].join(', ')}`,
    range: family.place(),
    related: [{ range: metric.origin.of('buckets'), message: 'the declared buckets' }],
    help: 'a threshold of an objective has to be one of the bounds, and quantiles are only as fine as they are: give the service these bounds, or the spec those',
  }));
}

/** A native or exponential histogram: it has no series for each bucket, and no bounds that could be compared with declared ones. */
function noteNone({ tally }: RuleContext, { metric, family }: Subject): void {
  const related = [{ range: metric.origin.of('buckets'), message: 'the declared buckets' }];
  const declaredBounds = metric.buckets.length;
  if (family.isExponential === true) {
    tally.add('OBS6014', metric.name, () => ({
      message: `\`${family.shownName}\` is an exponential histogram: it has no bounds to compare with the ${declaredBounds} that are declared`,
      range: family.place('exponential histogram'),
      related,
      help: 'rules and objectives read `_bucket` series with the declared bounds, which Prometheus makes of explicit ones alone; leave OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION at explicit_bucket_histogram, and give the instrument its bounds. Its labels, count and sum were checked',
    }));
    return;
  }
  tally.add('OBS6014', metric.name, () => ({
    message: `\`${family.shownName}\` has no buckets, and ${declaredBounds} are declared`,
    range: family.place(),
    related,
    help: 'a native or exponential histogram has no `_bucket` series, which the rules read: record it with explicit bounds',
  }));
}

function checkSums({ tally }: RuleContext, { metric }: Subject, row: Row): void {
  const fault = faultOf(row.buckets, row.count) ?? faultOfCount(row.count);
  if (fault === undefined) return;
  tally.add('OBS6033', metric.name, () => ({
    message: `the histogram \`${metric.name}\` does not add up: ${fault.message}`,
    range: fault.sample.place(),
    related: [declared(metric)],
    help:
      row.buckets.length === 0
        ? 'every observation lies in a bucket, so that they hold as many as were counted; quantiles of this one are wrong'
        : 'buckets count everything up to their bound, so each is at least the one below, and the last one is the count; quantiles of this one are wrong',
  }));
}

function faultOf(
  buckets: Row['buckets'],
  count: SeenSample | undefined,
): { readonly message: string; readonly sample: SeenSample } | undefined {
  let below: Row['buckets'][number] | undefined;
  for (const each of buckets) {
    const [bound, sample] = each;
    if (Number.isNaN(bound)) return { message: 'a bucket has no bound', sample };
    if (below !== undefined && sample.value < below[1].value)
      return {
        message: `bucket ${bound} holds ${sample.value}, less than the ${below[1].value} of bucket ${below[0]}`,
        sample,
      };
    below = each;
  }
  if (below === undefined) return undefined;
  if (below[0] !== Infinity) return { message: 'there is no bucket +Inf', sample: below[1] };
  if (count !== undefined && count.value !== below[1].value)
    return { message: `its count is ${count.value}, and bucket +Inf holds ${below[1].value}`, sample: count };
  return undefined;
}

/** The count of an exponential histogram against its buckets. */
function faultOfCount(count: SeenSample | undefined): ReturnType<typeof faultOf> {
  if (count?.inBuckets === undefined || count.inBuckets === count.value) return undefined;
  return { message: `its count is ${count.value}, and its buckets hold ${count.inBuckets}`, sample: count };
}

/** Buckets against those of the spec, and what each row holds against itself. */
export function checkHistogram(context: RuleContext, subject: Subject): void {
  let last = '';
  for (const row of rowsOf(subject)) {
    if (row.buckets.length === 0) {
      if (subject.family.type === 'histogram') noteNone(context, subject);
      checkSums(context, subject, row);
      continue;
    }
    row.buckets.sort(([a], [b]) => a - b);
    const bounds = row.buckets.map(([bound]) => bound);
    const key = bounds.join(' ');
    // All rows have the same bounds, as a rule.
    if (key !== last) checkBounds(context, subject, bounds);
    last = key;
    checkSums(context, subject, row);
  }
}
