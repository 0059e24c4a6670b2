import type { PanelType } from '../../../model/model.js';
import type { Block, Draw, Shape } from '../layout.js';
import type { PanelView } from '../view.js';
import { drawHeatmap } from './heatmap.js';
import { drawPiechart } from './piechart.js';
import { drawBarGauge, drawGauge, drawStat } from './single-value.js';
import { sloBlock } from './slo.js';
import { drawStateTimeline } from './state-timeline.js';
import { drawTable } from './table.js';
import { drawAlertList, drawLogs, drawText, drawTraces } from './text-like.js';
import { drawTimeseries } from './timeseries.js';

interface Kind {
  readonly shape: Shape;
  readonly draw: (view: PanelView) => Draw;
}

const kinds: Readonly<Record<PanelType, Kind>> = {
  timeseries: { shape: 'graph', draw: drawTimeseries },
  stat: { shape: 'number', draw: drawStat },
  gauge: { shape: 'bar', draw: drawGauge },
  bargauge: { shape: 'bar', draw: drawBarGauge },
  heatmap: { shape: 'graph', draw: drawHeatmap },
  table: { shape: 'graph', draw: drawTable },
  piechart: { shape: 'graph', draw: drawPiechart },
  'state-timeline': { shape: 'graph', draw: drawStateTimeline },
  logs: { shape: 'page', draw: drawLogs },
  traces: { shape: 'page', draw: drawTraces },
  text: { shape: 'text', draw: drawText },
  alertlist: { shape: 'graph', draw: drawAlertList },
};

/** A panel as the author asked for it; of an objective, a line of panels. */
export function panelBlock(view: PanelView): Block {
  const { source } = view.panel;
  if (source.kind === 'slo') return sloBlock(view, source.slo);
  const { shape, draw } = kinds[view.panel.type];
  return { kind: 'panel', shape, draw: draw(view) };
}
