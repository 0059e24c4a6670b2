import type { Dashboard, Panel } from '../../model/model.js';
import { breaks, keeps, type Draft, type Reader } from './change.js';
import { sameMeaning } from './objectives.js';
import type { Sides } from './context.js';
import { panelName } from './readers.js';
import { canonical, meaningOf, normalForm, shown } from './values.js';

/** What a panel shows, in a form that formatting does not touch. */
function content({ source, type, unit, stack, thresholdsFrom }: Panel): string {
  const what = ((): unknown => {
    switch (source.kind) {
      case 'metric':
        return [source.metric.name, source.show, source.by.map(({ wire }) => wire)];
      case 'queries':
        return source.queries.map(({ name, query }) => [name, meaningOf(query)]);
      case 'expressions':
        return source.expressions.map(({ name, expr }) => [name, normalForm(expr)]);
      case 'foreign':
        return source.query.value.trim();
      case 'slo':
        return source.slo.name;
      case 'objectives':
        return source.slos.map(({ name }) => name);
      case 'alert':
        return source.alert.name;
      case 'text':
        return source.markdown.trim();
      case 'alertlist':
        return source.slo?.name;
    }
  })();
  return canonical([source.kind, what ?? null, type, unit ?? null, stack, thresholdsFrom?.name ?? null]);
}

/** Panels by title; of several with one title, each gets its number. */
function panelsOf({ rows }: Dashboard): ReadonlyMap<string, Panel> {
  const panels = new Map<string, Panel>();
  for (const panel of rows.flatMap((row) => row.panels)) {
    let name = panel.title;
    for (let number = 2; panels.has(name); number += 1) name = `${panel.title} (${number})`;
    panels.set(name, panel);
  }
  return panels;
}

function diffPanels(sides: Sides, before: Dashboard, after: Dashboard): Draft[] {
  const at = `dashboards.${after.name}.rows`;
  const [was, is] = [panelsOf(before), panelsOf(after)];
  const drafts: Draft[] = [];
  const hit = (title: string): readonly Reader[] => [{ kind: 'panel', name: panelName(after.name, title) }];
  for (const [title, panel] of was) {
    const same = is.get(title);
    if (same === undefined) {
      drafts.push({
        at: `${at}.${title}`,
        kind: 'removed',
        before: panel.type,
        hits: hit(title),
        consequences: [keeps('QUERY', 'the panel is no longer on the dashboard')],
      });
      continue;
    }
    if (!sameMeaning(sides, content(panel), content(same)))
      drafts.push({
        at: `${at}.${title}`,
        kind: 'changed',
        hits: hit(title),
        consequences: [keeps('QUERY', 'the panel shows something else under the same title')],
      });
    if (panel.description !== same.description)
      drafts.push({
        at: `${at}.${title}.description`,
        kind: 'changed',
        before: panel.description,
        after: same.description,
        hits: hit(title),
      });
  }
  for (const [title, panel] of is)
    if (!was.has(title))
      drafts.push({
        at: `${at}.${title}`,
        kind: 'added',
        after: panel.type,
        hits: hit(title),
        consequences: [keeps('QUERY', 'the dashboard has one panel more')],
      });
  const order = (
    dashboard: Dashboard,
    panels: ReadonlyMap<string, Panel>,
    other: ReadonlyMap<string, Panel>,
  ): string =>
    canonical([
      dashboard.rows.map(({ title }) => title),
      [...panels.keys()].filter((title) => other.has(title)),
    ]);
  if (order(before, was, is) !== order(after, is, was))
    drafts.push({ at, kind: 'changed', consequences: [keeps('QUERY', 'rows or panels stand elsewhere')] });
  return drafts;
}

function diffBoard(sides: Sides, before: Dashboard, after: Dashboard): Draft[] {
  const drafts: Draft[] = [];
  const add = (key: string, was: unknown, is: unknown, consequences: Draft['consequences']): void => {
    if (canonical(was ?? null) !== canonical(is ?? null))
      drafts.push({
        at: `dashboards.${after.name}.${key}`,
        kind: 'changed',
        before: shown(was),
        after: shown(is),
        consequences: consequences ?? [],
      });
  };
  add('title', before.title, after.title, [keeps('QUERY', 'its address stays; only the words change')]);
  add('description', before.description, after.description, []);
  const [was, is] = [before.variables.map(({ key }) => key), after.variables.map(({ key }) => key)];
  add('variables', was, is, [
    was.every((key) => is.includes(key))
      ? keeps('QUERY', 'it can be narrowed by more')
      : breaks('QUERY', 'links that give a variable which went show everything'),
  ]);
  for (const key of ['refresh', 'from', 'annotations'] as const)
    add(key, before[key], after[key], [keeps('QUERY', 'it is shown in another way')]);
  add('owner', before.owner, after.owner, []);
  return [...drafts, ...diffPanels(sides, before, after)];
}

/** Everything that differs between the dashboards of two specs. */
export function diffBoards(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.dashboards, sides.new.model.dashboards];
  const drafts: Draft[] = [];
  for (const board of before.values()) {
    const same = after.get(board.name);
    if (same !== undefined) drafts.push(...diffBoard(sides, board, same));
    else
      drafts.push({
        at: `dashboards.${board.name}`,
        kind: 'removed',
        before: board.title,
        consequences: [breaks('QUERY', 'links to the dashboard lead nowhere')],
      });
  }
  for (const board of after.values())
    if (!before.has(board.name))
      drafts.push({
        at: `dashboards.${board.name}`,
        kind: 'added',
        after: board.title,
        consequences: [keeps('QUERY', 'there is one dashboard more')],
      });
  return drafts;
}
