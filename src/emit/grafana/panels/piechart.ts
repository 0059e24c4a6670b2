import { axisOf } from '../axis.js';
import { stableColours } from '../colours.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, lastValue, surroundings } from './frame.js';

/** Columns from which a share and its number have room beside the chart and the names. */
const widePanel = 11;

/** Shares over the whole time that is shown: the mean of a rate says how much each part had, its last value only who was last. */
export function drawPiechart(view: PanelView): Draw {
  const { source } = view.panel;
  const queries = panelQueries(view, { single: false, window: 'whole' });
  const whole = source.kind === 'metric' && source.show.every((show) => show === 'increase');
  const isGauge = source.kind === 'metric' && source.metric.type === 'gauge';
  const axis = axisOf(view, queries);
  return (width) => ({
    type: 'piechart',
    ...frame(view, axis.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: {
        color: { mode: 'palette-classic' },
        custom: { hideFrom: { legend: false, tooltip: false, viz: false } },
        ...surroundings(view, queries),
        ...axis,
      },
      overrides: stableColours(queries),
    },
    options: {
      displayLabels: [],
      legend: {
        displayMode: 'table',
        placement: width >= 8 ? 'right' : 'bottom',
        showLegend: true,
        // Names come first where there is little room beside the chart.
        values: width >= widePanel ? ['percent', 'value'] : ['percent'],
      },
      pieType: 'donut',
      reduceOptions: lastValue(whole || isGauge ? 'lastNotNull' : 'mean'),
      tooltip: { hideZeros: false, mode: 'single', sort: 'none' },
    },
    targets: targets(view, queries, { instant: whole }),
  });
}
