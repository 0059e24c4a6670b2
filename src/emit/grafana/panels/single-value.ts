import { durations } from '../../../promql/walk.js';
import { axisOf } from '../axis.js';
import { stableColours } from '../colours.js';
import type { FieldDefaults, ValueMapping } from '../dashboard.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import type { PanelQuery } from '../queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, lastValue, surroundings, thresholds } from './frame.js';
import { noTraffic } from './mappings.js';
import { dialOptions, statOptions } from './options.js';

/** 1 and 0 of a gauge that says whether something works. */
export function stateMappings(view: PanelView): readonly ValueMapping[] {
  const { source } = view.panel;
  if (source.kind !== 'metric' || source.metric.type !== 'gauge' || source.metric.unit !== undefined)
    return [];
  const [low, high] = source.metric.range ?? [];
  if (low !== 0 || high !== 1 || source.show.includes('avg')) return [];
  const options = {
    '0': { color: 'red', index: 0, text: 'no' },
    '1': { color: 'green', index: 1, text: 'yes' },
  };
  return [{ type: 'value', options }];
}

interface Single {
  readonly queries: readonly PanelQuery[];
  readonly defaults: FieldDefaults;
  /** Whether the numbers are of a long time, up to the end of what is shown. */
  readonly whole: boolean;
}

/** Seconds of samples that are too many to be read for each point of a line behind a number. */
const longWindow = 6 * 3600;

function readsLong({ expr }: PanelQuery): boolean {
  return durations(expr).some((each) => each.kind === 'duration' && each.seconds >= longWindow);
}

/** Counts over a long time are asked for once; all else over time, so that the last value that exists is found. */
function singleOf(view: PanelView): Single {
  const { source } = view.panel;
  const queries = panelQueries(view, { single: true, window: 'whole' });
  const states = stateMappings(view);
  return {
    queries,
    whole:
      queries.some(readsLong) ||
      (source.kind === 'metric' && source.show.every((show) => show === 'increase')),
    defaults: {
      color: { mode: 'thresholds' },
      mappings: [...states, noTraffic],
      ...surroundings(view, queries),
      ...axisOf(view, queries),
      thresholds: thresholds(view, 'blue'),
    },
  };
}

export function drawStat(view: PanelView): Draw {
  const { queries, defaults, whole } = singleOf(view);
  const limited = view.alert?.limit !== undefined;
  return () => ({
    type: 'stat',
    ...frame(view, defaults.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: { defaults, overrides: [] },
    options: statOptions(limited ? 'background' : 'value', whole ? 'none' : 'area', defaults.unit),
    targets: targets(view, queries, { instant: whole }),
  });
}

/** The end of a dial: that of the metric, or else twice the limit, so that the limit stands in the middle. */
function dialMaximum(view: PanelView, max: number | undefined): number | undefined {
  const { source } = view.panel;
  if (max !== undefined) return max;
  const limit = view.alert?.limit?.value;
  if (limit !== undefined && limit > 0) return limit * 2;
  return source.kind === 'metric' ? source.metric.range?.[1] : undefined;
}

export function drawGauge(view: PanelView): Draw {
  const { queries, defaults, whole } = singleOf(view);
  return () => ({
    type: 'gauge',
    ...frame(view, defaults.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: { ...defaults, min: defaults.min ?? 0, max: dialMaximum(view, defaults.max) },
      overrides: [],
    },
    options: dialOptions(),
    targets: targets(view, queries, { instant: whole }),
  });
}

export function drawBarGauge(view: PanelView): Draw {
  const { queries, defaults, whole } = singleOf(view);
  const limited = view.alert?.limit !== undefined;
  return () => ({
    type: 'bargauge',
    ...frame(view, defaults.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: { ...defaults, color: { mode: limited ? 'thresholds' : 'palette-classic' } },
      overrides: limited ? [] : stableColours(queries),
    },
    options: {
      displayMode: 'basic',
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: false },
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'top',
      orientation: 'horizontal',
      reduceOptions: lastValue(),
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
    targets: targets(view, queries, { instant: whole }),
  });
}
