import type { PanelType } from '../../../model/model.js';
import type { Draw, Drawn } from '../layout.js';
import { sizeOf } from '../sizes.js';
import type { PanelView } from '../view.js';
import { titleOf } from './frame.js';
import { drawHeatmap } from './heatmap.js';
import { drawObjectives } from './objectives.js';
import { drawPiechart } from './piechart.js';
import { drawBarGauge, drawGauge, drawStat } from './single-value.js';
import { sloLines } from './slo.js';
import { drawStateTimeline } from './state-timeline.js';
import { drawTable } from './table.js';
import { drawAlertList, drawLogs, drawText, drawTraces } from './text-like.js';
import { drawTimeseries } from './timeseries.js';

const kinds: Readonly<Record<PanelType, (view: PanelView) => Draw>> = {
  timeseries: drawTimeseries,
  stat: drawStat,
  gauge: drawGauge,
  bargauge: drawBarGauge,
  heatmap: drawHeatmap,
  table: drawTable,
  piechart: drawPiechart,
  'state-timeline': drawStateTimeline,
  logs: drawLogs,
  traces: drawTraces,
  text: drawText,
  alertlist: drawAlertList,
};

/** A panel as the author asked for it; of an objective, lines of panels. */
export function drawn(view: PanelView): Drawn {
  const { source, type } = view.panel;
  if (source.kind === 'slo') return { kind: 'lines', lines: sloLines(view, source.slo) };
  const draw = source.kind === 'objectives' ? drawObjectives(view, source.slos) : kinds[type](view);
  return { kind: 'panel', size: sizeOf(view, titleOf(view)), draw };
}
