import { authored } from '../../../../encode/authored-markdown.js';
import { join, link, marked, text, type Markdown } from '../../../../encode/markdown.js';
import type { Slo } from '../../../../model/model.js';
import type { Expr, VectorSelector } from '../../../../promql/ast.js';
import { matcher, selector } from '../../../../promql/build.js';
import { burnAlert, noDataAlert, sloIdentity } from '../../../../slo/names.js';
import type { PanelContent, PanelLink, Threshold } from '../../dashboard.js';
import { boardOfSlo, boardUrl } from '../../own-boards.js';
import { alertLinks } from '../../panel-links.js';
import type { PanelQuery } from '../../queries.js';
import type { PanelView } from '../../view.js';

/** What the panels of an objective have in common. */
export interface Parts {
  readonly view: PanelView;
  readonly slo: Slo;
  readonly links: readonly PanelLink[];
}

/** A recorded series that an objective has one of, whatever it is grouped by. */
export function recordedOnce({ view, slo }: Parts, name: string): VectorSelector {
  const identity = [...sloIdentity(slo, view.model.service.name)];
  return selector(
    name,
    identity.map(([label, value]) => matcher(label, '=', value)),
  );
}

/** A recorded series of an objective, narrowed by the variables whose label the objective is grouped by. */
export function recorded(parts: Parts, name: string): Expr {
  const { view, slo } = parts;
  const grouped = view.variables.filter(({ label }) => slo.by.some(({ key }) => key === label?.key));
  const all = recordedOnce(parts, name);
  const narrowed = grouped.map((variable) => matcher(variable.wire, '=~', `$${variable.name}`));
  return { ...all, matchers: [...all.matchers, ...narrowed] };
}

/** A query that yields one series, called by its name. */
export function one(expr: Expr, name: string): PanelQuery {
  return { expr, legend: name, exemplar: false, by: [] };
}

/** A query that yields a series for each group of the objective. */
export function each({ slo }: Parts, expr: Expr, name: string): PanelQuery {
  const groups = slo.by.map(({ wire }) => `{{${wire}}}`);
  return { expr, legend: groups.length === 0 ? name : groups.join(' '), exemplar: false, by: slo.by };
}

/** The first steps and the states of the alerts that the objective makes, and its own dashboard. */
export function linksOf(view: PanelView, slo: Slo): readonly PanelLink[] {
  const names = [
    ...(['page', 'ticket'] as const)
      .filter((severity) => slo.alerting[severity])
      .map((severity) => burnAlert(slo.name, severity)),
    ...(slo.alerting.noData === undefined ? [] : [noDataAlert(slo.name)]),
  ];
  const board = boardOfSlo(view.model, slo);
  const own =
    board === undefined || board.name === view.dashboard.name
      ? []
      : [{ targetBlank: false, title: `Objective: ${slo.name}`, url: boardUrl(view.model, board) }];
  return [...own, ...names.flatMap((name) => alertLinks(view.model, name))];
}

function about({ view, slo, links }: Parts, words: Markdown): string {
  const own = view.panel.description ?? slo.sli.description;
  const runbooks = links
    .filter(({ title }) => title.startsWith('Runbook'))
    .map(({ title, url }) => link(text(title), url));
  const parts = [
    ...(own === undefined ? [] : [authored(own)]),
    words,
    ...(slo.by.length === 0
      ? []
      : [marked`One for each ${text(slo.by.map(({ wire }) => wire).join(', '))}.`]),
    join(runbooks, ', '),
  ];
  return join(
    parts.filter((part) => part !== ''),
    '\n\n',
  );
}

/** Title, description, links and data source of one of the panels. */
export function frameOf(
  parts: Parts,
  title: string,
  words: Markdown,
): Pick<PanelContent, 'title' | 'description' | 'links' | 'datasource'> {
  const { view, links } = parts;
  return { title, description: about(parts, words), links, datasource: view.sources.ref('metrics') };
}

/** What is left of a budget: all of it at 1, none at 0, overspent below. */
export const budgetSteps: readonly Threshold[] = [
  { color: 'red', value: null },
  { color: 'orange', value: 0 },
  { color: 'green', value: 0.25 },
];

/** How long a budget lasts, beside its period. @param period seconds */
export function timeSteps(period: number): readonly Threshold[] {
  return [
    { color: 'red', value: null },
    { color: 'orange', value: Math.round(period / 10) },
    { color: 'green', value: Math.round(period / 2) },
  ];
}

/** Digits of a percentage that tell the objective and what is near it apart: two more than the objective has. */
export function digitsOf({ objective }: Pick<Slo, 'objective'>): number {
  return Math.min(5, (objective.split('.')[1] ?? '').length + 1);
}
