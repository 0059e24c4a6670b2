import type { Dashboard, Model, Panel, Slo } from '../model/model.js';
import type { Expr, Matcher } from '../promql/ast.js';
import { aggregate, by, matcher, selector } from '../promql/build.js';
import { variableName } from '../emit/grafana/scope.js';
import {
  badRate,
  badSlice,
  budgetRemaining,
  currentBurnRate,
  errorRatio,
  sloIdentity,
  sloLabels,
  totalRate,
} from '../slo/names.js';
import { planSlo } from '../slo/plan.js';
import { boardOf } from './board.js';
import { alertListPanel, linesPanel, objectivesPanel, sloPanel } from './panels.js';
import type { Subject } from './subject.js';
import { titledBy } from './words.js';

/** The words under which a table of objectives stands. */
export const objectivesWords = {
  title: 'Objectives',
  description:
    'Good: budget left, and a burn rate below 1. Where a budget burns, open the objective: its page tells who burns it.',
};

const alertsWords = {
  title: 'Alerts',
  description:
    'Good: none. Begin with the page, then the ticket that has been there longest; each links to its first steps.',
};

/** A list of the service's alerts, or of those of one objective. */
export function alertsPanel({ model }: Subject, slo?: Slo): Panel {
  return alertListPanel(slo?.origin ?? model.service.origin, alertsWords, slo);
}

/** A table of objectives; undefined where there are none. */
export function objectivesTable(slos: readonly Slo[]): Panel | undefined {
  const [first, ...others] = slos;
  return first === undefined ? undefined : objectivesPanel([first, ...others], objectivesWords);
}

/** Whether the service has rules that can raise alerts. */
export function hasAlerts({ model }: Subject): boolean {
  return model.alerts.size + model.slos.size > 0;
}

/** What picks out the recorded series of objectives, those of other services left out. */
export function identityOf(model: Model, slos: readonly Slo[]): readonly Matcher[] {
  const names = slos.map(({ name }) => name).join('|');
  const which = matcher(sloLabels.slo, slos.length === 1 ? '=' : '=~', names);
  // An objective with groups of that name leaves the label to them.
  const isTaken = slos.some(({ by: groups }) => groups.some(({ wire }) => wire === sloLabels.service));
  return isTaken ? [which] : [which, matcher(sloLabels.service, '=', model.service.name)];
}

/** The budgets and burn rates of all objectives over time, a line for each. */
function budgetPanels({ model, slos }: Subject, first: Slo): readonly Panel[] {
  const identity = identityOf(model, slos);
  const each = by([sloLabels.slo]);
  return [
    linesPanel(
      model,
      first,
      {
        title: 'Budget left by objective',
        description:
          'What was left of each budget; of the groups of an objective, the one with least. Good: above 0 %. What falls fast is burning now.',
      },
      [{ expr: aggregate('min', selector(budgetRemaining, identity), each) }],
      { unit: 'percentunit' },
    ),
    linesPanel(
      model,
      first,
      {
        title: 'Burn rate by objective',
        description:
          'How fast each budget is spent: 1 spends it in exactly the period. Good: below 1. Open the objective whose line stands out.',
      },
      [{ expr: aggregate('max', selector(currentBurnRate, identity), each) }],
      { unit: 'short' },
    ),
  ];
}

/** All objectives at one glance. */
export function slosBoard(subject: Subject): Dashboard | undefined {
  const { model, slos } = subject;
  const [first] = slos;
  if (first === undefined) return undefined;
  return boardOf(model, {
    name: 'slos',
    topic: 'slos',
    title: `${model.service.name}: objectives`,
    description: 'What is promised, and what is left of each error budget.',
    from: 'now-7d',
    refresh: '1m',
    variables: [],
    origin: first.origin,
    rows: [
      { title: 'Overview', panels: [objectivesTable(slos)] },
      { title: 'Budgets', panels: budgetPanels(subject, first) },
      { title: 'Alerts', panels: [alertsPanel(subject)] },
    ],
  });
}

function descriptionOf({ description, sli, name }: Slo): string {
  return description ?? sli.description ?? `The objective ${name}.`;
}

/** Time on the page: the period, so that all of the budget is seen, and no more than is kept. */
function fromOf({ model }: Subject, { period }: Slo): string {
  const { retention } = model.target.prometheus;
  const seconds = Math.min(period.seconds, retention?.seconds ?? Infinity, 30 * 86_400);
  return `now-${Math.max(1, Math.round(seconds / 86_400))}d`;
}

/** What an objective is measured with, over the window that a page of weeks can show. */
function measuredPanels({ model }: Subject, slo: Slo): readonly (Panel | undefined)[] {
  const plan = planSlo(model, slo);
  const { measurement, direct, base, exhaustion } = plan;
  const window = direct.includes(exhaustion) ? exhaustion : base;
  const hours = window >= 3600 ? `${window / 3600} h` : `${window / 60} min`;
  const matchers: readonly Matcher[] = [
    ...[...sloIdentity(slo, model.service.name)].map(([label, value]) => matcher(label, '=', value)),
    ...slo.by.map((label) => matcher(label.wire, '=~', `$${variableName(label)}`)),
  ];
  const recorded = (name: string): Expr => selector(name, matchers);
  const groups = by(slo.by.map(({ wire }) => wire));
  const ratio = linesPanel(
    model,
    slo,
    {
      title: titledBy('Share that is bad', slo.by),
      description: `Over ${hours} at each point. Good: below what the objective allows. Whoever stands out burns the budget.`,
    },
    [{ expr: aggregate('max', recorded(errorRatio(window)), groups) }],
    { unit: 'percentunit' },
  );
  if (measurement.kind === 'share') return [ratio];
  if (measurement.kind === 'time') {
    const words = {
      title: titledBy('Bad time', slo.by),
      description:
        '1 while what is measured is bad. Good: 0. The length of a block is the time that it cost.',
    };
    const bad = aggregate('max', recorded(badSlice), groups);
    return [ratio, linesPanel(model, slo, words, [{ expr: bad }], { unit: 'short' })];
  }
  const events = [
    { name: 'all', expr: aggregate('sum', recorded(totalRate(window))) },
    { name: 'bad', expr: aggregate('sum', recorded(badRate(window))) },
  ];
  const words = {
    title: 'Events, all and bad',
    description: `Events a second, over ${hours} at each point. Good: bad ones close to none. With few events a single failure weighs much.`,
  };
  return [ratio, linesPanel(model, slo, words, events, { unit: 'cps' })];
}

/** One objective: its budget, who burns it, and its alerts. */
export function sloBoard(subject: Subject, slo: Slo): Dashboard {
  const { model } = subject;
  return boardOf(model, {
    name: `slo-${slo.name}`,
    topic: 'slo',
    title: `${model.service.name}: ${slo.name}`,
    description: descriptionOf(slo),
    from: fromOf(subject, slo),
    refresh: '1m',
    variables: slo.by,
    origin: slo.origin,
    rows: [
      {
        title: 'Objective',
        panels: [sloPanel(slo, { title: slo.name, description: descriptionOf(slo) })],
      },
      { title: 'What is measured', panels: measuredPanels(subject, slo) },
      { title: 'Alerts', panels: [alertsPanel(subject, slo)] },
    ],
  });
}
