import type { BoardTopic, Dashboard, PanelRow } from '../model/dashboard.js';
import type { Label, Metric, Model, Origin, Panel } from '../model/model.js';
import { hasLabel } from '../emit/grafana/scope.js';
import { labelSize } from '../model/series.js';
import { genericPanel } from './generic.js';
import { outcomeLabel } from './outcomes.js';
import { metricsShown } from './shown.js';

export interface DraftRow {
  readonly title: string;
  readonly panels: readonly (Panel | undefined)[];
  readonly collapsed?: boolean | undefined;
}

/** A dashboard as a topic lays it out; what is missing in it is filled in. */
export interface Draft {
  readonly name: string;
  readonly topic: BoardTopic;
  readonly title: string;
  readonly description: string;
  readonly from?: string;
  readonly refresh?: string;
  readonly rows: readonly DraftRow[];
  /** Undefined: worked out from what is shown. */
  readonly variables?: readonly Label[];
  readonly origin: Origin;
}

function present(panels: readonly (Panel | undefined)[]): readonly Panel[] {
  return panels.filter((panel) => panel !== undefined);
}

/** The panels of rows. */
export function panelsOf(rows: readonly DraftRow[]): readonly Panel[] {
  return rows.flatMap((row) => present(row.panels));
}

/** Labels with more values than this are looked up, not chosen from a list. */
const longestList = 61;
const mostVariables = 3;
/** A choice that changes fewer of the panels than this is in the way. */
const leastUse = 0.15;

/** Words for why and in which way, which lines tell apart, rather than for which one. */
const notChosen = /error|reason|kind|type|version|driver|name$|uuid|xid|topic/;
const fewOpen = 20;

function isChoice(metric: Metric, label: Label): boolean {
  const { bound, wire } = label;
  if (bound.kind === 'closed' || label === outcomeLabel(metric)) return false;
  if (bound.kind === 'open') return bound.cap <= fewOpen && !notChosen.test(wire);
  return labelSize(label) <= longestList;
}

interface Choice {
  readonly label: Label;
  /** How many panels it changes. */
  count: number;
}

function choicesOf(model: Model, panels: readonly Panel[]): readonly Label[] {
  const found: Choice[] = [];
  for (const panel of panels) {
    const carried = new Set<Choice>();
    for (const metric of metricsShown(model, [panel])) {
      for (const label of metric.labels.filter((each) => isChoice(metric, each))) {
        // Labels of two presets with one name on the wire are one choice; another label of that name would be a second one.
        const known = found.find(({ label: other }) => other.wire === label.wire);
        if (known === undefined) {
          const choice = { label, count: 0 };
          found.push(choice);
          carried.add(choice);
        } else if (hasLabel(metric, known.label)) carried.add(known);
      }
    }
    for (const choice of carried) choice.count += 1;
  }
  return found
    .filter(({ count }) => count >= leastUse * panels.length)
    .sort((a, b) => b.count - a.count)
    .map(({ label }) => label);
}

/** Labels that are worth narrowing a board by: which agent, model, tool, route; those first that most of the open panels carry. */
function variablesOf(model: Model, rows: readonly DraftRow[]): readonly Label[] {
  const open = choicesOf(model, panelsOf(rows.filter(({ collapsed }) => collapsed !== true)));
  const all = choicesOf(model, panelsOf(rows)).filter((label) =>
    open.every(({ wire }) => wire !== label.wire),
  );
  return [...open, ...all].slice(0, mostVariables);
}

/** Two panels of one name on one page cannot be spoken of. */
function withTitles(rows: readonly PanelRow[]): readonly PanelRow[] {
  const taken = new Set<string>();
  const free = ({ title, type }: Panel): string => {
    const choices = [title, ...(type === 'timeseries' ? [`${title} over time`] : [])];
    for (let count = 2; ; count += 1) {
      const found = choices.find((each) => !taken.has(each));
      if (found !== undefined) return found;
      choices.push(`${title} (${count})`);
    }
  };
  return rows.map((row) => ({
    ...row,
    panels: row.panels.map((panel) => {
      const title = free(panel);
      taken.add(title);
      return title === panel.title ? panel : Object.freeze({ ...panel, title });
    }),
  }));
}

/** A dashboard of a draft: rows without panels are left out. */
export function boardOf(model: Model, draft: Draft): Dashboard {
  const rows = draft.rows
    .map(({ title, panels, collapsed }): PanelRow => ({ title, panels: present(panels), collapsed }))
    .filter(({ panels }) => panels.length > 0);
  const allClosed = rows.every(({ collapsed }) => collapsed === true);
  return Object.freeze({
    name: draft.name,
    topic: draft.topic,
    title: draft.title,
    description: draft.description,
    variables: draft.variables ?? variablesOf(model, rows),
    refresh: draft.refresh,
    from: draft.from,
    annotations: Object.freeze({ deployments: true, alerts: true }),
    // A page on which nothing is open looks broken.
    rows: withTitles(allClosed ? rows.map((row) => ({ ...row, collapsed: undefined })) : rows),
    owner: model.service.owner,
    origin: draft.origin,
    repaired: new Set<string>(),
  });
}

/** Whether a panel shows a metric so that nothing of it is missed: one number hides labels, an alert looks at a part. */
function showsAll({ type, source }: Panel, { labels }: Metric): boolean {
  return source.kind !== 'alert' && (type !== 'stat' || labels.length === 0);
}

/** The metrics that no panel shows with all that they tell. */
export function notShown(
  model: Model,
  panels: readonly Panel[],
  metrics: readonly Metric[],
): readonly Metric[] {
  const shown = new Set(
    panels.flatMap((panel) => [...metricsShown(model, [panel])].filter((metric) => showsAll(panel, metric))),
  );
  return metrics.filter((metric) => !shown.has(metric));
}

/** Rows for the metrics that none of the rows shows, closed until somebody looks for them. */
export function withRest(
  model: Model,
  rows: readonly DraftRow[],
  metrics: readonly Metric[],
  title = 'More',
): readonly DraftRow[] {
  const panels = notShown(model, panelsOf(rows), metrics).map((metric) => genericPanel(model, metric));
  return [...rows, { title, collapsed: true, panels }];
}
