import { authored } from '../../../encode/authored-markdown.js';
import { code, join, link, marked, text, type Markdown } from '../../../encode/markdown.js';
import type { BurnArm, Slo } from '../../../model/model.js';
import type { Expr, VectorSelector } from '../../../promql/ast.js';
import { binary, matcher, number, selector } from '../../../promql/build.js';
import { decimal, printDecimal, subtract } from '../../../slo/decimal.js';
import {
  budgetRemaining,
  burnAlert,
  errorRatio,
  objectiveRatio,
  sloIdentity,
  timeToExhaustion,
} from '../../../slo/names.js';
import { arms, budgetOf, canFire, objectiveShare } from '../../../slo/windows.js';
import { runbookUrl } from '../../../model/runbook.js';
import type { PanelContent, PanelLink, Threshold } from '../dashboard.js';
import type { Block } from '../layout.js';
import type { PanelQuery } from '../queries.js';
import { targets, type PanelView } from '../view.js';
import { dialOptions, statOptions } from './options.js';

/** A recorded series that an objective has one of, whatever it is grouped by. */
function recordedOnce(view: PanelView, slo: Slo, name: string): VectorSelector {
  const identity = [...sloIdentity(slo, view.model.service.name)];
  return selector(
    name,
    identity.map(([label, value]) => matcher(label, '=', value)),
  );
}

/** A recorded series of an objective, narrowed by the variables whose label the objective is grouped by. */
function recorded(view: PanelView, slo: Slo, name: string): Expr {
  const grouped = view.variables.filter(({ label }) => slo.by.some(({ key }) => key === label?.key));
  const all = recordedOnce(view, slo, name);
  const narrowed = grouped.map((variable) => matcher(variable.wire, '=~', `$${variable.name}`));
  return { ...all, matchers: [...all.matchers, ...narrowed] };
}

function query({ by }: Pick<Slo, 'by'>, expr: Expr, name: string): PanelQuery {
  const groups = by.map(({ wire }) => `{{${wire}}}`);
  return { expr, legend: [...groups, name].join(' '), exemplar: false, by };
}

/** Digits of a percentage that tell the objective and what is near it apart: two more than the objective has. */
function digitsOf({ objective }: Slo): number {
  return Math.min(5, (objective.split('.')[1] ?? '').length + 1);
}

interface Parts {
  readonly view: PanelView;
  readonly slo: Slo;
  readonly arms: readonly BurnArm[];
  readonly links: readonly PanelLink[];
}

/** Links to the first steps of the alerts that the objective makes. */
function linksOf(view: PanelView, slo: Slo): readonly PanelLink[] {
  const severities = (['page', 'ticket'] as const).filter((severity) => slo.alerting[severity]);
  return severities.flatMap((severity) => {
    const name = burnAlert(slo.name, severity);
    const url = runbookUrl(view.model, name);
    return url === undefined ? [] : [{ targetBlank: true, title: `Runbook: ${name}`, url } as const];
  });
}

function about({ view, slo, links }: Parts, words: Markdown): string {
  const own = view.panel.description ?? slo.sli.description;
  const runbooks = links.map(({ title, url }) => link(text(title), url));
  return join(
    [...(own === undefined ? [] : [authored(own)]), words, join(runbooks, ', ')].filter(
      (part) => part !== '',
    ),
    '\n\n',
  );
}

/** What the panels of an objective have in common. */
function frameOf(
  parts: Parts,
  title: string,
  words: Markdown,
): Pick<PanelContent, 'title' | 'description' | 'links' | 'datasource'> {
  const { view, links } = parts;
  return {
    title: `${view.panel.title}: ${title}`,
    description: about(parts, words),
    links,
    datasource: view.sources.ref('metrics'),
  };
}

function statPanel(
  parts: Parts,
  words: Markdown,
  shown: PanelQuery,
  title: string,
  steps: readonly Threshold[],
): PanelContent {
  const { view, slo } = parts;
  return {
    type: 'stat',
    ...frameOf(parts, title, words),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: digitsOf(slo),
        max: 1,
        min: 0,
        noValue: 'no data',
        thresholds: { mode: 'absolute', steps },
        unit: 'percentunit',
      },
      overrides: [],
    },
    options: statOptions('value', 'none'),
    targets: targets(view, [shown]),
  };
}

/** The promise is one for all groups. */
function objectivePanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const words = marked`The objective ${code(slo.name)}: ${text(slo.objective)} % over ${text(slo.period.text)}.`;
  const shown = query({ by: [] }, recordedOnce(view, slo, objectiveRatio), 'objective');
  return statPanel(parts, words, shown, 'objective', [{ color: 'text', value: null }]);
}

function levelPanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const period = slo.period.text;
  const words = marked`The share that was good in the last ${text(period)}. Good: at least ${text(slo.objective)} %.`;
  const share = binary('-', number(1), recorded(view, slo, errorRatio(slo.period.seconds)));
  const title = `last ${period}`;
  return statPanel(parts, words, query(slo, share, title), title, [
    { color: 'red', value: null },
    { color: 'green', value: Number(printDecimal(objectiveShare(slo.objective))) },
  ]);
}

/** What is left of the budget: all of it at 1, none at 0, overspent below. */
function budgetPanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const words = marked`What is left of the ${text(printDecimal(subtract(decimal('100'), decimal(slo.objective))))} % that may be bad in ${text(slo.period.text)}. Good: above 0 %; below it the objective is missed.`;
  return {
    type: 'gauge',
    ...frameOf(parts, 'budget left', words),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: 1,
        max: 1,
        min: -1,
        noValue: 'no data',
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'red', value: null },
            { color: 'orange', value: 0 },
            { color: 'green', value: 0.25 },
          ],
        },
        unit: 'percentunit',
      },
      overrides: [],
    },
    options: dialOptions(),
    targets: targets(view, [query(slo, recorded(view, slo, budgetRemaining), 'budget left')]),
  };
}

/** How long the budget lasts; empty while it outlasts the period. */
function timePanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const { text: period, seconds } = slo.period;
  const words = marked`When the budget is gone, if it goes on burning as it does now. Empty while it lasts for the whole ${text(period)} at this rate; 0 where it is gone. Good: empty.`;
  return {
    type: 'stat',
    ...frameOf(parts, 'time left', words),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: 0,
        noValue: 'not in sight',
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'red', value: null },
            { color: 'orange', value: Math.round(seconds / 10) },
            { color: 'green', value: Math.round(seconds / 2) },
          ],
        },
        unit: 's',
      },
      overrides: [],
    },
    options: statOptions('value', 'none'),
    targets: targets(view, [query(slo, recorded(view, slo, timeToExhaustion), 'time left')]),
  };
}

const armColours = { page: 'red', ticket: 'orange' } as const;

/** A line at each burn rate above which an alert fires. */
function armSteps(slo: Slo, fired: readonly BurnArm[]): readonly Threshold[] {
  const colours = new Map<number, string>();
  for (const { severity, factor } of fired) {
    if (slo.alerting[severity] && colours.get(factor) !== armColours.page)
      colours.set(factor, armColours[severity]);
  }
  const steps = [...colours].sort(([a], [b]) => a - b).map(([value, color]) => ({ color, value }));
  return [{ color: 'green', value: null }, ...steps];
}

/** How fast the budget is spent, over the long window of each arm: 1 spends it in exactly the period. */
function burnPanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const budget = printDecimal(budgetOf(slo.objective));
  const windows = new Map(parts.arms.map(({ long }) => [long.seconds, long.text] as const));
  const queries = [...windows]
    .sort(([a], [b]) => a - b)
    .map(([seconds, name]) =>
      query(slo, binary('/', recorded(view, slo, errorRatio(seconds)), number(Number(budget), budget)), name),
    );
  const fires = parts.arms.map(
    ({ severity, long, short, factor }) =>
      marked`- ${text(severity)}: above ${factor} over ${text(long.text)} and ${text(short.text)}`,
  );
  const words = marked`How fast the budget is spent: 1 spends it in exactly ${text(slo.period.text)}. Good: below 1. Alerts fire\n${join(fires, '\n')}`;
  const steps = armSteps(slo, parts.arms);
  return {
    type: 'timeseries',
    ...frameOf(parts, 'burn rate', words),
    fieldConfig: {
      defaults: {
        color: { mode: 'palette-classic' },
        custom: {
          axisSoftMax: 2,
          drawStyle: 'line',
          fillOpacity: 0,
          lineInterpolation: 'linear',
          lineWidth: 1,
          pointSize: 5,
          showPoints: 'auto',
          spanNulls: false,
          stacking: { group: 'A', mode: 'none' },
          thresholdsStyle: { mode: steps.length > 1 ? 'dashed' : 'off' },
        },
        decimals: 2,
        min: 0,
        thresholds: { mode: 'absolute', steps },
        unit: 'short',
      },
      overrides: [],
    },
    options: {
      legend: {
        calcs: slo.by.length === 0 ? ['max', 'lastNotNull'] : [],
        displayMode: slo.by.length === 0 ? 'table' : 'list',
        placement: slo.by.length === 0 ? 'right' : 'bottom',
        showLegend: true,
      },
      tooltip: { hideZeros: false, mode: 'multi', sort: 'desc' },
    },
    targets: targets(view, queries),
  };
}

/** An objective as a line of panels: what was promised, what is, what is left and for how long, and how fast that is spent. */
export function sloBlock(view: PanelView, slo: Slo): Block {
  const parts: Parts = {
    view,
    slo,
    arms: arms(slo).filter((arm) => canFire(arm, slo.objective)),
    links: linksOf(view, slo),
  };
  const line = [
    { width: 3, content: objectivePanel(parts) },
    { width: 3, content: levelPanel(parts) },
    { width: 4, content: budgetPanel(parts) },
    { width: 3, content: timePanel(parts) },
    { width: 11, content: burnPanel(parts) },
  ];
  return {
    kind: 'line',
    height: 8,
    panels: line.map(({ width, content }) => ({ width, draw: () => content })),
  };
}
