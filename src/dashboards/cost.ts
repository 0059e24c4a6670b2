import type { Dashboard, Label, Metric, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { binary, chain, number } from '../promql/build.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { counted } from './flows.js';
import { increase, largest, total } from './fragments.js';
import { nounOf } from './flow-panels.js';
import { genericPanel } from './generic.js';
import { mainFlowOf } from './main-flow.js';
import { alertPanel, linesPanel } from './panels.js';
import { metricsOfAlert } from './shown.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';
import { titledBy } from './words.js';

const [hour, day] = [3600, 86_400];
const spendWords =
  'Good: its usual level for the day of the week. Where it jumps, see which model and which agent it was: more work, or more cost for the same work?';

const isMoney = ({ unit }: Metric): boolean => ['usd', 'eur', 'gbp', 'chf', 'jpy'].includes(unit ?? '');

/** Counters of money that is gone; what was estimated before is no spending. */
function spending(metrics: readonly Metric[]): readonly Metric[] {
  const counters = metrics.filter((metric) => metric.type === 'counter' && isMoney(metric));
  const actual = counters.filter(({ name }) => !/estimat|forecast|saved|budget/.test(name));
  return actual.length > 0 ? actual : counters;
}

/** What was spent in the last day. */
export function spendStat({ model, metricsAt }: Subject): Panel | undefined {
  const [spend] = spending(metricsAt('cost'));
  if (spend === undefined) return undefined;
  return linesPanel(
    model,
    spend,
    { title: 'Spent in 24 h', description: spendWords },
    [{ expr: increase(spend, day) }],
    { type: 'stat' },
  );
}

function byLabel(model: Model, spend: Metric, label: Label): Panel {
  const words = {
    title: titledBy('Spent in an hour', [label]),
    description: `Over the hour before each point. ${spendWords}`,
  };
  const expr = largest(increase(spend, hour, [label]), [label]);
  return linesPanel(model, spend, words, [{ expr }], { stack: true });
}

function tablePanel(model: Model, spend: Metric, labels: readonly Label[]): Panel | undefined {
  if (labels.length === 0) return undefined;
  const words = {
    title: 'Spent in 24 h, dearest first',
    description: 'What the money of the last day went to. Good: what brings something stands above.',
  };
  return linesPanel(model, spend, words, [{ expr: increase(spend, day, labels) }], { type: 'table' });
}

/** What was spent beside what was estimated before. */
function estimatePanel(model: Model, spend: Metric, metrics: readonly Metric[]): Panel | undefined {
  const estimate = metrics.find(
    ({ type, name, unit }) => type === 'counter' && unit === spend.unit && /estimat/.test(name),
  );
  if (estimate === undefined) return undefined;
  const words = {
    title: 'Spent and estimated',
    description:
      'Over the hour before each point. Good: both lines together. Where they part, the prices or the sizes that are estimated with are wrong.',
  };
  return linesPanel(model, spend, words, [
    { name: 'spent', expr: increase(spend, hour) },
    { name: 'estimated', expr: increase(estimate, hour) },
  ]);
}

/** The share of a budget of a day that is gone, for those who have one. */
function budgetPanel(model: Model, spend: Metric, metrics: readonly Metric[]): Panel | undefined {
  const budget = metrics.find(
    ({ type, name, unit }) => type === 'gauge' && unit === spend.unit && /budget/.test(name),
  );
  if (budget === undefined) return undefined;
  const by = budget.labels.flatMap(({ wire }) => spend.labels.filter((label) => label.wire === wire));
  const words = {
    title: titledBy('Budget used in 24 h', by),
    description:
      'The share of the budget of a day that the last 24 hours took. Good: below 100 %. Beyond it, see whether it is more work or a run that goes in circles.',
  };
  const left = binary('>', total('max', budget, by), number(0));
  const expr = binary('/', increase(spend, day, by), left);
  return linesPanel(model, budget, words, [{ expr }], { unit: 'percentunit' });
}

/** What one piece of the service's work costs. */
function eachPanel(subject: Subject, spend: Metric): Panel | undefined {
  const { model } = subject;
  const flow = mainFlowOf(subject);
  const work = flow && counted(flow);
  if (flow === undefined || work === undefined) return undefined;
  const words = {
    title: `Cost for each: ${nounOf(model, flow).toLowerCase()}`,
    description:
      'Money of the hour before each point, divided by what it was spent on. Good: level. Where it rises, the same work has become dearer.',
  };
  const expr: Expr = binary('/', increase(spend, hour), binary('>', increase(work, hour), number(0)));
  return linesPanel(model, spend, words, [{ expr }], {
    unit: `currency${(spend.unit ?? 'usd').toUpperCase()}`,
  });
}

/** Anomalies and comparisons with other days or budgets, as their alerts see them. */
function watchedPanels({ model }: Subject, metrics: readonly Metric[]): readonly Panel[] {
  return [...model.alerts.values()].flatMap((alert) => {
    const reads = metricsOfAlert(model, alert);
    const about =
      reads.length > 0 && reads.every(({ name }) => metrics.some((metric) => metric.name === name));
    if (!about || alert.condition.form !== 'anomaly' || alert.repaired.size > 0) return [];
    const description = 'Good: within its usual band for the time of day. Outside of it, see who spends it.';
    return [alertPanel(alert, { title: 'Spending and its usual level', description })];
  });
}

/** What is spent, on what, and what is left of the budgets. */
export function costBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('cost');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const spends = spending(metrics);
  const [spend] = spends;
  const choices = spend?.labels.filter(({ bound }) => bound.kind !== 'closed') ?? [];
  const perHour =
    spend &&
    chain('+', [increase(spend, hour), ...spends.slice(1).map((each): Expr => increase(each, hour))]);
  const unpriced = metrics.find(({ type, name }) => type === 'counter' && /unpriced/.test(name));
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        spendStat(subject),
        spend &&
          perHour &&
          linesPanel(
            model,
            spend,
            { title: 'Spent in the last hour', description: spendWords },
            [{ expr: perHour }],
            { type: 'stat' },
          ),
        unpriced &&
          linesPanel(
            model,
            unpriced,
            {
              title: 'Unpriced tokens in 24 h',
              description:
                'Tokens of models without a price: the cost is too low by them. Good: 0. Add the model to the price table.',
            },
            [{ expr: increase(unpriced, day) }],
            { type: 'stat' },
          ),
      ],
    },
    {
      title: 'Spending',
      panels:
        spend === undefined
          ? []
          : [
              ...choices.map((label) => byLabel(model, spend, label)),
              eachPanel(subject, spend),
              estimatePanel(model, spend, metrics),
              tablePanel(model, spend, choices.slice(0, 2)),
            ],
    },
    {
      title: 'Budgets and limits',
      panels: [spend && budgetPanel(model, spend, metrics), ...watchedPanels(subject, metrics)],
    },
    {
      title: 'Prices and estimates',
      panels: metrics
        .filter((metric) => !spends.includes(metric) && !/budget|estimated/.test(metric.name))
        .map((metric) => genericPanel(model, metric)),
    },
  ];
  return boardOf(model, {
    name: 'cost',
    topic: 'cost',
    title: `${model.service.name}: cost`,
    description: 'What is spent, on what, and what is left of the budgets.',
    from: 'now-24h',
    refresh: '1m',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'cost', rows), metrics),
  });
}
