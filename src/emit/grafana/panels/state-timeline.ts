import { axisOf } from '../axis.js';
import type { Draw } from '../layout.js';
import { panelQueries } from '../panel-queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, leastStep, surroundings, thresholds } from './frame.js';
import { stateMappings } from './single-value.js';

/** Which state each series was in, and for how long. */
export function drawStateTimeline(view: PanelView): Draw {
  const queries = panelQueries(view, { single: false, window: 'step' });
  const axis = axisOf(view, queries);
  return () => ({
    type: 'state-timeline',
    ...frame(view, axis.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        custom: {
          fillOpacity: 70,
          hideFrom: { legend: false, tooltip: false, viz: false },
          insertNulls: false,
          lineWidth: 0,
          spanNulls: false,
        },
        mappings: stateMappings(view),
        ...surroundings(view, queries),
        ...axis,
        thresholds: thresholds(view, 'blue'),
      },
      overrides: [],
    },
    interval: leastStep(view, queries),
    options: {
      alignValue: 'left',
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      mergeValues: true,
      perPage: 20,
      rowHeight: 0.9,
      showValue: 'auto',
      tooltip: { hideZeros: false, mode: 'single', sort: 'none' },
    },
    targets: targets(view, queries),
  });
}
