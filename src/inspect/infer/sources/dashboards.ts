import { leafPanels, named, readBoard, type Board, type BoardPanel } from '../../../dashboard-lint/board.js';
import { at, text } from '../../../dashboard-lint/json.js';
import { promTargets, type Target } from '../../../dashboard-lint/target.js';
import { isKnownUnit } from '../../../dashboard-lint/known-units.js';
import type { Expr } from '../../../promql/ast.js';
import { printPromql } from '../../../promql/print.js';
import { transform } from '../../../promql/walk.js';
import type { Evidence, SeenPanel } from '../evidence.js';
import type { TextFile } from './rules.js';

/** Panels of Grafana, and those of the language that show the same. */
const types: ReadonlyMap<string, string> = new Map(
  Object.entries({
    timeseries: 'timeseries',
    graph: 'timeseries',
    stat: 'stat',
    singlestat: 'stat',
    gauge: 'gauge',
    bargauge: 'bargauge',
    heatmap: 'heatmap',
    table: 'table',
    'table-old': 'table',
    piechart: 'piechart',
    'grafana-piechart-panel': 'piechart',
    'state-timeline': 'state-timeline',
  }),
);

/** Queries in the languages of logs and traces are taken as they are. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['logs', 'logql'],
  ['traces', 'traceql'],
]);

const variable = /\$\{?\w|\[\[/;

/** The query without matchers that name a variable, which the spec's own variables put in again. */
function withoutVariables(expr: Expr): Expr {
  return transform(expr, (each) =>
    each.kind === 'selector'
      ? { ...each, matchers: each.matchers.filter(({ value }) => !variable.test(value)) }
      : each,
  );
}

/** A query that stands by itself, or why there is none. */
function queryOf({ parsed, query }: Target): { readonly query: string } | { readonly fault: string } {
  if (parsed?.expr === undefined) return { fault: parsed?.errors[0]?.message ?? 'it is no PromQL' };
  const bare = printPromql(withoutVariables(parsed.expr));
  if (bare.includes('grafana_variable_'))
    return { fault: 'a variable stands for the name of a metric or label' };
  if (bare.includes('{}')) return { fault: `without its variables nothing selects a metric: ${query}` };
  return { query: bare };
}

/** What a line is called in the legend: the words of the pattern, or the letter of the query. */
function legendOf({ legend, refId }: Target, index: number): string {
  const words = legend
    .replace(/\{\{[^}]*\}\}|\$\w+|__auto/g, ' ')
    .replace(/[^\w %/().-]+/g, ' ')
    .trim();
  return (words === '' ? (refId ?? `query ${index + 1}`) : words.replace(/\s+/g, ' ')).slice(0, 60);
}

interface Context {
  readonly evidence: Evidence;
  readonly path: string;
  readonly board: string;
}

function leftOut({ evidence, path, board }: Context, panel: BoardPanel, why: string): undefined {
  evidence.note('left out', `dashboards.${board}`, `${named(panel)}: ${why}`, `${path}: ${panel.path}`);
  return undefined;
}

/** Units of Grafana that the language can say. */
function unitOf({ json }: BoardPanel): string | undefined {
  const unit = text(at(json, 'fieldConfig', 'defaults', 'unit')) ?? text(json['format']);
  if (unit === undefined || unit === 'short' || unit === 'none') return undefined;
  return isKnownUnit(unit) && /^[a-zA-Z0-9][a-zA-Z0-9:%/_ .-]*$/.test(unit) ? unit : undefined;
}

function isStacked({ json }: BoardPanel): boolean {
  const mode = text(at(json, 'fieldConfig', 'defaults', 'custom', 'stacking', 'mode'));
  return json['stack'] === true || (mode !== undefined && mode !== 'none');
}

function shared(context: Context, panel: BoardPanel): Pick<SeenPanel, 'title' | 'description' | 'where'> {
  const description = text(panel.json['description'])?.trim();
  return {
    title: (panel.title.replace(/\$\{?\w+\}?|\[\[\w+\]\]/g, '').trim() || 'Panel').slice(0, 120),
    description: description === '' ? undefined : description,
    where: `${context.path}: ${panel.path}`,
  };
}

const nothing = { query: undefined, queries: undefined, unit: undefined, stack: false, text: undefined };

function foreignPanel(context: Context, panel: BoardPanel, language: string): SeenPanel | undefined {
  const target = panel.targets.find((each) => each.language === language && each.query.trim() !== '');
  if (target === undefined) {
    leftOut(context, panel, 'it has no query in the language of its type');
    return;
  }
  if (variable.test(target.query.replace(/\$__\w+/g, ''))) {
    leftOut(context, panel, 'its query has variables');
    return;
  }
  return { ...nothing, ...shared(context, panel), type: panel.type, query: target.query };
}

function readPanel(context: Context, panel: BoardPanel): SeenPanel | undefined {
  if (panel.type === 'text') {
    const content = text(at(panel.json, 'options', 'content')) ?? text(panel.json['content']);
    const mode = text(at(panel.json, 'options', 'mode')) ?? text(panel.json['mode']) ?? 'markdown';
    if (content === undefined || content.trim() === '' || mode === 'html') {
      leftOut(context, panel, mode === 'html' ? 'it is HTML, not Markdown' : 'there is no text in it');
      return;
    }
    return { ...nothing, ...shared(context, panel), type: 'text', text: content };
  }
  if (panel.type === 'alertlist') return { ...nothing, ...shared(context, panel), type: panel.type };
  const language = foreign.get(panel.type);
  if (language !== undefined) return foreignPanel(context, panel, language);
  const type = types.get(panel.type);
  if (type === undefined) {
    leftOut(context, panel, `there are no panels of the type ${panel.type}`);
    return;
  }
  if (Array.isArray(panel.json['transformations']) && panel.json['transformations'].length > 0)
    context.evidence.note(
      'changed',
      `dashboards.${context.board}`,
      `${named(panel)}: without its transformations`,
      `${context.path}: ${panel.path}`,
    );
  const targets = promTargets(panel).filter(({ json }) => json['hide'] !== true);
  if (targets.length === 0) {
    leftOut(context, panel, 'it has no query in PromQL');
    return;
  }
  const queries = new Map<string, string>();
  for (const [index, target] of targets.entries()) {
    const read = queryOf(target);
    if ('fault' in read) {
      leftOut(context, panel, read.fault);
      return;
    }
    const legend = legendOf(target, index);
    queries.set(
      queries.has(legend) ? `${legend.slice(0, 50)} ${target.refId ?? index + 1}` : legend,
      read.query,
    );
  }
  const [[, only] = ['', '']] = [...queries];
  return {
    ...nothing,
    ...shared(context, panel),
    type,
    ...(queries.size === 1 ? { query: only } : { queries }),
    unit: unitOf(panel),
    stack: type === 'timeseries' && isStacked(panel),
  };
}

/** The panels in rows: each row's title goes for the panels below it. */
function rowsOf(context: Context, board: Board): readonly { title: string; panels: SeenPanel[] }[] {
  const rows: { title: string; panels: SeenPanel[] }[] = [];
  let open: { title: string; panels: SeenPanel[] } | undefined;
  const leaves = new Set(leafPanels(board));
  const begin = (title: string): { title: string; panels: SeenPanel[] } => {
    open = { title: (title.trim() || 'Panels').slice(0, 120), panels: [] };
    rows.push(open);
    return open;
  };
  for (const panel of board.panels) {
    if (!leaves.has(panel)) begin(panel.title);
    else {
      const read = readPanel(context, panel);
      if (read !== undefined) (open ?? begin(board.title)).panels.push(read);
    }
  }
  return rows.filter(({ panels }) => panels.length > 0);
}

/** The label that the values of a variable are, where it asks for those of one. */
function labelOf(query: string): string | undefined {
  return /^\s*label_values\(\s*(?:.*,)?\s*([a-zA-Z_]\w*)\s*\)\s*$/.exec(query)?.[1];
}

/** Reads a dashboard in Grafana's classic JSON. */
export function readDashboard(evidence: Evidence, { path, text: content }: TextFile): void {
  let json: unknown;
  try {
    json = JSON.parse(content) as unknown;
  } catch (error) {
    evidence.note('left out', 'dashboards', `no JSON: ${(error as Error).message}`, path);
    return;
  }
  const board = readBoard(json);
  if (board === undefined) {
    evidence.note('left out', 'dashboards', "it is no dashboard in Grafana's classic JSON", path);
    return;
  }
  const title = board.title === '' ? 'Dashboard' : board.title.slice(0, 120);
  const context = { evidence, path, board: title };
  const rows = rowsOf(context, board);
  if (rows.length === 0) {
    evidence.note('left out', `dashboards.${title}`, 'none of its panels can be carried over', path);
    return;
  }
  const variables: string[] = [];
  for (const { name, type, query } of board.variables) {
    const label = labelOf(query);
    if (type === 'query' && label !== undefined) variables.push(label);
    else if (type !== 'datasource' && type !== 'interval')
      evidence.note(
        'left out',
        `dashboards.${title}`,
        `the variable ${name}: only the values of a label can be one`,
        path,
      );
  }
  evidence.boards.push({ title, rows, variables: [...new Set(variables)], where: path });
}
