import type { Path } from '../spec/located.js';

/** What a name of the spec can stand for. */
export type Kind = 'label' | 'metric' | 'span' | 'event' | 'sli' | 'slo' | 'alert' | 'dashboard' | 'preset';

type Pattern = readonly string[];

const pattern = (text: string): Pattern => text.split('/');

/** Sections whose keys are names, and of what. `*` is any step. */
const declarations: readonly (readonly [Pattern, Kind])[] = [
  [pattern('labels/*'), 'label'],
  [pattern('metrics/*'), 'metric'],
  [pattern('external/*'), 'metric'],
  [pattern('spans/*'), 'span'],
  [pattern('logs/events/*'), 'event'],
  [pattern('slis/*'), 'sli'],
  [pattern('slos/*'), 'slo'],
  [pattern('alerts/*'), 'alert'],
  [pattern('dashboards/*'), 'dashboard'],
];

/** Scalars that name an entry by its key. */
const references: readonly (readonly [Pattern, Kind])[] = [
  ...[
    'metrics/*/labels/*',
    'spans/*/attributes/*/label',
    'spans/*/outcome/label',
    'slis/*/quantile/by/*',
    'slos/*/by/*',
    'alerts/*/ratio/by/*',
    'alerts/*/forecast/by/*',
    'dashboards/*/variables/*',
    'dashboards/*/rows/*/panels/*/by/*',
  ].map((text) => [pattern(text), 'label'] as const),
  ...[
    'traffic/*/metric',
    'metrics/*/deprecated/replacedBy',
    'spans/*/record/count',
    'spans/*/record/duration',
    'spans/*/record/firstChunk',
    'slis/*/latency/histogram',
    'slis/*/boolean',
    'slis/*/freshness/timestamp',
    'slis/*/quantile/histogram',
    'alerts/*/forecast/metric',
    'dashboards/*/rows/*/panels/*/metric',
    'instrument/rules/*/count/metric',
    'instrument/rules/*/time/metric',
  ].map((text) => [pattern(text), 'metric'] as const),
  [pattern('spans/*/children/*'), 'span'],
  [pattern('instrument/rules/*/span'), 'span'],
  [pattern('instrument/rules/*/log/event'), 'event'],
  [pattern('slos/*/sli'), 'sli'],
  [pattern('dashboards/*/rows/*/panels/*/slo'), 'slo'],
  [pattern('dashboards/*/rows/*/panels/*/thresholdsFrom'), 'alert'],
  [pattern('alerts/*/inhibits/*'), 'alert'],
  [pattern('presets/*'), 'preset'],
];

/** Scalars that hold PromQL. */
const queries: readonly Pattern[] = [
  'slis/*/events/total',
  'slis/*/events/good',
  'slis/*/events/bad',
  'slis/*/latency/matchers',
  'slis/*/timeSlice/query',
  'slis/*/query',
  'alerts/*/expr',
  'alerts/*/ratio/part',
  'alerts/*/ratio/whole',
  'alerts/*/absent/metric',
  'alerts/*/anomaly/query',
  'dashboards/*/rows/*/panels/*/query',
  'dashboards/*/rows/*/panels/*/queries/*',
].map(pattern);

function fits(path: Path, wanted: Pattern): boolean {
  return path.length === wanted.length && wanted.every((step, at) => step === '*' || step === path[at]);
}

/** What the key at a path declares. */
export function declaredAt(path: Path): Kind | undefined {
  return declarations.find(([wanted]) => fits(path, wanted))?.[1];
}

/** What the scalar at a path names. */
export function referredAt(path: Path): Kind | undefined {
  return references.find(([wanted]) => fits(path, wanted))?.[1];
}

/** Whether the scalar at a path holds PromQL. Panels of logs and traces hold other languages, which their type tells. */
export function isQueryAt(path: Path): boolean {
  return queries.some((wanted) => fits(path, wanted));
}

/** The sections that declare a kind, as `suppress` writes them before a name. */
export function sectionsOf(kind: Kind): readonly string[] {
  return declarations.flatMap(([[...steps], each]) => (each === kind ? [steps.slice(0, -1).join('.')] : []));
}
