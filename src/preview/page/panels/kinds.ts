import type { Panel } from '../board.js';
import type { Load } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { loadAlertList } from './alertlist.js';
import { loadBarGauge } from './bargauge.js';
import { loadGauge } from './gauge.js';
import { loadHeatmap } from './heatmap.js';
import { loadLogs } from './logs.js';
import { loadPiechart } from './piechart.js';
import { loadStat } from './stat.js';
import { loadStateTimeline } from './state-timeline.js';
import { loadTable } from './table.js';
import { loadText } from './text.js';
import { loadTimeseries } from './timeseries.js';
import { loadTraces } from './traces.js';

const kinds: ReadonlyMap<string, Load> = new Map([
  ['timeseries', loadTimeseries],
  ['stat', loadStat],
  ['gauge', loadGauge],
  ['bargauge', loadBarGauge],
  ['heatmap', loadHeatmap],
  ['table', loadTable],
  ['piechart', loadPiechart],
  ['state-timeline', loadStateTimeline],
  ['logs', loadLogs],
  ['traces', loadTraces],
  ['text', loadText],
  ['alertlist', loadAlertList],
]);

const unknown: Load = (panel) =>
  Promise.resolve((host) => {
    host.replaceChildren(
      h('div', { class: 'notice' }, h('p', {}, `The preview cannot show panels of the type ${panel.type}.`)),
    );
    return { state: 'unavailable' };
  });

/** Whether a panel shows traces: a search of them is a table in Grafana. */
function showsTraces({ targets }: Panel): boolean {
  const type = targets?.[0]?.datasource?.type;
  return type === 'tempo' || type === 'jaeger';
}

/** What asks for the data of a panel and draws it. */
export function loadOf(panel: Panel): Load {
  return showsTraces(panel) ? loadTraces : (kinds.get(panel.type) ?? unknown);
}

/** Whether a panel is drawn from what Prometheus says. */
export function needsPrometheus(panel: Panel): boolean {
  return !['logs', 'traces', 'text'].includes(panel.type) && !showsTraces(panel);
}
