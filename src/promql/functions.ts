/** The four types that PromQL knows. */
export type ValueType = 'scalar' | 'instant' | 'range' | 'string';

/** What a function takes and gives. */
export interface Signature {
  readonly args: readonly ValueType[];
  /** How many of `args` must be written. */
  readonly required: number;
  /** Whether the last of `args` may be repeated. */
  readonly repeats: boolean;
  readonly returns: ValueType;
}

/** Shorthand of the table below: types of the arguments; `?` after one that may be left out, `*` after one that may be repeated or left out. */
type Shape = readonly [returns: ValueType, ...args: string[]];

const instantToInstant: Shape = ['instant', 'instant'];
const rangeToInstant: Shape = ['instant', 'range'];
const calendar: Shape = ['instant', 'instant?'];
const number: Shape = ['scalar'];

/** https://prometheus.io/docs/prometheus/latest/querying/functions/, up to Prometheus 3.15. */
const shapes: Readonly<Record<string, Shape>> = {
  abs: instantToInstant,
  absent: instantToInstant,
  absent_over_time: rangeToInstant,
  acos: instantToInstant,
  acosh: instantToInstant,
  asin: instantToInstant,
  asinh: instantToInstant,
  atan: instantToInstant,
  atanh: instantToInstant,
  avg_over_time: rangeToInstant,
  ceil: instantToInstant,
  changes: rangeToInstant,
  clamp: ['instant', 'instant', 'scalar', 'scalar'],
  clamp_max: ['instant', 'instant', 'scalar'],
  clamp_min: ['instant', 'instant', 'scalar'],
  cos: instantToInstant,
  cosh: instantToInstant,
  count_over_time: rangeToInstant,
  day_of_month: calendar,
  day_of_week: calendar,
  day_of_year: calendar,
  days_in_month: calendar,
  deg: instantToInstant,
  delta: rangeToInstant,
  deriv: rangeToInstant,
  double_exponential_smoothing: ['instant', 'range', 'scalar', 'scalar'],
  end: number,
  exp: instantToInstant,
  first_over_time: rangeToInstant,
  floor: instantToInstant,
  histogram_avg: instantToInstant,
  histogram_count: instantToInstant,
  histogram_fraction: ['instant', 'scalar', 'scalar', 'instant'],
  histogram_quantile: ['instant', 'scalar', 'instant'],
  histogram_quantiles: ['instant', 'instant', 'string', 'scalar', 'scalar*'],
  histogram_stddev: instantToInstant,
  histogram_stdvar: instantToInstant,
  histogram_sum: instantToInstant,
  hour: calendar,
  idelta: rangeToInstant,
  increase: rangeToInstant,
  info: ['instant', 'instant', 'instant?'],
  irate: rangeToInstant,
  label_join: ['instant', 'instant', 'string', 'string', 'string*'],
  label_replace: ['instant', 'instant', 'string', 'string', 'string', 'string'],
  last_over_time: rangeToInstant,
  ln: instantToInstant,
  log10: instantToInstant,
  log2: instantToInstant,
  mad_over_time: rangeToInstant,
  max_over_time: rangeToInstant,
  min_over_time: rangeToInstant,
  minute: calendar,
  month: calendar,
  pi: number,
  predict_linear: ['instant', 'range', 'scalar'],
  present_over_time: rangeToInstant,
  quantile_over_time: ['instant', 'scalar', 'range'],
  rad: instantToInstant,
  range: number,
  rate: rangeToInstant,
  resets: rangeToInstant,
  round: ['instant', 'instant', 'scalar?'],
  scalar: ['scalar', 'instant'],
  sgn: instantToInstant,
  sin: instantToInstant,
  sinh: instantToInstant,
  sort: instantToInstant,
  sort_by_label: ['instant', 'instant', 'string*'],
  sort_by_label_desc: ['instant', 'instant', 'string*'],
  sort_desc: instantToInstant,
  sqrt: instantToInstant,
  start: number,
  start_timestamp: instantToInstant,
  stddev_over_time: rangeToInstant,
  stdvar_over_time: rangeToInstant,
  step: number,
  sum_over_time: rangeToInstant,
  tan: instantToInstant,
  tanh: instantToInstant,
  time: number,
  timestamp: instantToInstant,
  ts_of_first_over_time: rangeToInstant,
  ts_of_last_over_time: rangeToInstant,
  ts_of_max_over_time: rangeToInstant,
  ts_of_min_over_time: rangeToInstant,
  vector: ['instant', 'scalar'],
  year: calendar,
};

function signature([returns, ...args]: Shape): Signature {
  return {
    args: args.map((each) => each.replace(/[?*]$/, '') as ValueType),
    required: args.filter((each) => !/[?*]$/.test(each)).length,
    repeats: args.at(-1)?.endsWith('*') ?? false,
    returns,
  };
}

/** Every function, by name. */
export const functions: ReadonlyMap<string, Signature> = new Map(
  Object.entries(shapes).map(([name, shape]) => [name, signature(shape)]),
);

/** Functions that newer servers refuse, and what took their place. */
export const removedFunctions: ReadonlyMap<string, string> = new Map([
  ['holt_winters', 'double_exponential_smoothing'],
  ['count_scalar', 'scalar'],
  ['drop_common_labels', 'sum'],
]);

/** The type of an aggregation's parameter; undefined for those that take none. */
export const aggregations: ReadonlyMap<string, ValueType | undefined> = new Map<
  string,
  ValueType | undefined
>([
  ['avg', undefined],
  ['bottomk', 'scalar'],
  ['count', undefined],
  ['count_values', 'string'],
  ['group', undefined],
  ['limit_ratio', 'scalar'],
  ['limitk', 'scalar'],
  ['max', undefined],
  ['min', undefined],
  ['quantile', 'scalar'],
  ['stddev', undefined],
  ['stdvar', undefined],
  ['sum', undefined],
  ['topk', 'scalar'],
]);
