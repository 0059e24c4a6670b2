import { axisOf } from '../axis.js';
import { stableColours } from '../colours.js';
import type { FieldDefaults } from '../dashboard.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import { expectedSeries } from '../series-count.js';
import { legendOptions } from '../legends.js';
import { isBadBelow } from '../thresholds.js';
import { targets, type PanelView } from '../view.js';
import { frame, leastStep, surroundings, thresholds } from './frame.js';

/** Bars for counts in a step, lines for all else; what is below a line is filled where it is the only one. */
function styleOf(view: PanelView, bars: boolean, single: boolean): object {
  const { stack } = view.panel;
  return {
    axisBorderShow: false,
    axisCenteredZero: false,
    axisColorMode: 'text',
    axisLabel: '',
    axisPlacement: 'auto',
    barAlignment: 0,
    drawStyle: bars ? 'bars' : 'line',
    fillOpacity: bars ? 70 : stack ? 30 : single ? 10 : 0,
    gradientMode: 'none',
    hideFrom: { legend: false, tooltip: false, viz: false },
    insertNulls: false,
    lineInterpolation: 'linear',
    lineWidth: bars ? 0 : 1,
    pointSize: 5,
    scaleDistribution: { type: 'linear' },
    showPoints: 'auto',
    spanNulls: false,
    stacking: { group: 'A', mode: stack || bars ? 'normal' : 'none' },
    thresholdsStyle: { mode: thresholdStyle(view) },
  };
}

/** The line of a step has the colour of what is above it: where low is bad that is green, so the bad side is shaded as well. */
function thresholdStyle(view: PanelView): string {
  const limit = view.alert?.limit;
  if (limit === undefined) return 'off';
  return isBadBelow(limit) ? 'line+area' : 'line';
}

export function drawTimeseries(view: PanelView): Draw {
  const { source } = view.panel;
  const bars =
    source.kind === 'metric' &&
    source.metric.type !== 'gauge' &&
    source.show.every((show) => show === 'increase');
  const queries = panelQueries(view, { single: false, window: 'step' });
  const axis = axisOf(view, queries);
  const limit = view.alert?.limit;
  // A limit of a few percent would vanish on an axis up to 100 %.
  const small =
    axis.max === 1 && limit !== undefined && !isBadBelow(limit) && limit.value > 0 && limit.value < 0.5;
  const defaults: FieldDefaults = {
    color: { mode: 'palette-classic' },
    custom: {
      ...styleOf(view, bars, expectedSeries(queries) <= 1),
      ...(small ? { axisSoftMax: limit.value * 2 } : {}),
    },
    ...surroundings(view, queries),
    ...axis,
    ...(small ? { max: undefined } : {}),
    // Fixed digits would be those of the ticks too, and make them alike: `0.1%, 0.1%, 0.0%`.
    decimals: undefined,
    thresholds: thresholds(view),
  };
  return (width) => ({
    type: 'timeseries',
    ...frame(view, axis.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: { defaults, overrides: stableColours(queries) },
    interval: leastStep(view, queries),
    options: {
      legend: legendOptions(queries, width),
      tooltip: { hideZeros: false, mode: 'multi', sort: 'desc' },
    },
    targets: targets(view, queries, { exemplars: true }),
  });
}
