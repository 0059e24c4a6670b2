import { alertView, type AlertView } from '../emit/grafana/alert-view.js';
import { analysisOf } from '../model/analysis.js';
import type { Alert, Model, Panel } from '../model/model.js';
import { seriesNamed } from '../model/series.js';
import type { Expr } from '../promql/ast.js';
import { durations, walk } from '../promql/walk.js';
import { panelsOf, type DraftRow } from './board.js';
import { alertPanel } from './panels.js';
import { metricsOfAlert } from './shown.js';
import type { Subject } from './subject.js';
import type { Home } from './topics.js';
import { titleOfAlert } from './words.js';

/** The board that an alert belongs on: that of the first metric that it reads. */
function homeOfAlert({ model, homeOf }: Subject, alert: Alert): Home {
  const names = metricsOfAlert(model, alert).map(({ name }) => name);
  const [first] = names.flatMap((name) => model.metrics.get(name) ?? []);
  if (first !== undefined) return homeOf(first);
  return names.some((name) => name.startsWith('obsgen_')) ? 'telemetry' : 'service';
}

/** Seconds of samples beyond which a query is too much for each point of a graph. */
const longestWindow = 86_400;

function isCostly({ expr, companions }: AlertView): boolean {
  return [expr, ...companions.map((each) => each.expr)]
    .flatMap(durations)
    .some((each) => each.kind === 'duration' && each.seconds > longestWindow);
}

/** Whether a line of it could not be read: a raw counter may be compared with what it was, but grows whatever happens. */
function saysNothing(model: Model, expr: Expr): boolean {
  const raw: Expr[] = [];
  walk(expr, (each, parents) => {
    if (each.kind !== 'selector' || each.range !== undefined) return;
    const series = seriesNamed(model, each.metric ?? '');
    const grows = series?.part === 'value' && series.metric.type === 'counter';
    // How many series there are is no count of events.
    if (grows && !parents.some((parent) => parent.kind === 'aggregation' && parent.op === 'count'))
      raw.push(each);
  });
  return raw.length > 0 || analysisOf(model, expr, 'panel').findings.length > 0;
}

/** What an alert watches, over the windows that it takes. */
function watchedPanel(model: Model, alert: Alert): Panel | undefined {
  if (alert.repaired.size > 0) return undefined;
  const view = alertView(model, alert);
  if (view === undefined || isCostly(view)) return undefined;
  if (saysNothing(model, view.expr)) return undefined;
  const description =
    'What the alert looks at, over the windows that it takes. Good: away from its limit. Beyond it, follow its first steps.';
  return alertPanel(alert, { title: titleOfAlert(alert.name), description });
}

/** A closed row with what the alerts on a board's subject watch and no panel above shows. */
export function withWatched(subject: Subject, home: Home, rows: readonly DraftRow[]): readonly DraftRow[] {
  const { model } = subject;
  const drawn = new Set(panelsOf(rows).map(({ thresholdsFrom }) => thresholdsFrom));
  const panels = [...model.alerts.values()]
    .filter((alert) => !drawn.has(alert) && homeOfAlert(subject, alert) === home)
    .map((alert) => watchedPanel(model, alert));
  return [...rows, { title: 'Watched by alerts', collapsed: true, panels }];
}
