import { axisOf } from '../axis.js';
import type { Draw } from '../layout.js';
import { heatmapQueries } from '../panel-queries.js';
import { targets, type PanelView } from '../view.js';
import { frame, leastStep, surroundings } from './frame.js';

/** How values spread over time. The axis has the unit of what is observed, the cells count observations. */
export function drawHeatmap(view: PanelView): Draw {
  const { queries, bucketed } = heatmapQueries(view);
  const { source } = view.panel;
  const shown = source.kind === 'metric' && source.metric.type === 'histogram';
  const axis = axisOf(
    shown ? { ...view, panel: { ...view.panel, source: { ...source, show: ['p50'] } } } : view,
    queries,
  );
  return () => ({
    type: 'heatmap',
    ...frame(view, axis.unit),
    datasource: view.sources.ref('metrics'),
    fieldConfig: {
      defaults: {
        custom: {
          hideFrom: { legend: false, tooltip: false, viz: false },
          scaleDistribution: { type: 'linear' },
        },
        ...surroundings(view, queries),
      },
      overrides: [],
    },
    interval: leastStep(view, queries),
    options: {
      calculate: !bucketed,
      cellGap: 1,
      cellValues: { decimals: 0, unit: 'short' },
      color: {
        exponent: 0.5,
        fill: 'dark-orange',
        mode: 'scheme',
        reverse: false,
        scale: 'exponential',
        scheme: 'Oranges',
        steps: 64,
      },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      filterValues: { le: 1e-9 },
      legend: { show: true },
      rowsFrame: { layout: 'auto' },
      tooltip: { mode: 'single', showColorScale: false, yHistogram: true },
      yAxis: {
        axisPlacement: 'left',
        reverse: false,
        unit: axis.unit,
        decimals: axis.decimals,
        min: bucketed ? undefined : axis.min,
      },
    },
    targets: targets(view, queries, { exemplars: true, format: bucketed ? 'heatmap' : 'time_series' }),
  });
}
