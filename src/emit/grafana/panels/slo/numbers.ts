import { code, marked, text, type Markdown } from '../../../../encode/markdown.js';
import type { Expr } from '../../../../promql/ast.js';
import { aggregate, binary, by, number } from '../../../../promql/build.js';
import { decimal, printDecimal, subtract } from '../../../../slo/decimal.js';
import { budgetRemaining, errorRatio, objectiveRatio, timeToExhaustion } from '../../../../slo/names.js';
import { objectiveShare } from '../../../../slo/windows.js';
import type { PanelContent, Threshold } from '../../dashboard.js';
import { targets } from '../../view.js';
import { columnTable } from '../columns.js';
import { noData, notInSight } from '../mappings.js';
import { dialOptions, statOptions } from '../options.js';
import {
  budgetSteps,
  digitsOf,
  each,
  frameOf,
  one,
  recorded,
  recordedOnce,
  timeSteps,
  type Parts,
} from './parts.js';

function levelSteps({ slo }: Parts): readonly Threshold[] {
  return [
    { color: 'red', value: null },
    { color: 'green', value: Number(printDecimal(objectiveShare(slo.objective))) },
  ];
}

/** The share that was good in the whole period. */
function level(parts: Parts): Expr {
  return binary('-', number(1), recorded(parts, errorRatio(parts.slo.period.seconds)));
}

/** Seconds that the budget lasts; no number while it outlasts the period, nothing while it is not measured. */
function timeLeft(parts: Parts): Expr {
  const lasting = binary('*', recorded(parts, budgetRemaining), number(NaN));
  return binary('or', recorded(parts, timeToExhaustion), lasting);
}

/** Only the labels that tell the groups apart, which are the names of the rows. */
function grouped({ slo }: Parts, expr: Expr): Expr {
  return aggregate('max', expr, by(slo.by.map(({ wire }) => wire)));
}

function promise({ slo }: Parts): Markdown {
  return marked`The objective ${code(slo.name)}: ${text(slo.objective)} % over ${text(slo.period.text)}, and the share that was good in the last ${text(slo.period.text)}. Good: at least ${text(slo.objective)} %.`;
}

function budgetWords({ slo }: Parts): Markdown {
  const share = printDecimal(subtract(decimal('100'), decimal(slo.objective)));
  return marked`What is left of the ${text(share)} % that may be bad in ${text(slo.period.text)}. Good: above 0 %; below it the objective is missed.`;
}

function timeWords({ slo }: Parts): Markdown {
  const period = slo.period.text;
  return marked`When the budget is gone, if it goes on burning as it does now; 0 where it is gone. Good: not in sight, which is to say that it lasts for the whole ${text(period)} at this rate.`;
}

/** What was promised beside what is: one number each. */
export function levelPanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const promised = one(recordedOnce(parts, objectiveRatio), 'objective');
  return {
    type: 'stat',
    ...frameOf(parts, view.panel.title, promise(parts)),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: digitsOf(slo),
        mappings: [noData],
        max: 1,
        min: 0,
        noValue: 'no data',
        thresholds: { mode: 'absolute', steps: levelSteps(parts) },
        unit: 'percentunit',
      },
      overrides: [
        {
          matcher: { id: 'byName', options: 'objective' },
          properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: 'text' } }],
        },
      ],
    },
    options: statOptions('value', 'none'),
    targets: targets(view, [promised, one(level(parts), `last ${slo.period.text}`)], { instant: true }),
  };
}

export function budgetPanel(parts: Parts): PanelContent {
  const { view } = parts;
  return {
    type: 'gauge',
    ...frameOf(parts, 'Budget left', budgetWords(parts)),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: 1,
        mappings: [noData],
        max: 1,
        min: -1,
        noValue: 'no data',
        thresholds: { mode: 'absolute', steps: budgetSteps },
        unit: 'percentunit',
      },
      overrides: [],
    },
    options: dialOptions(),
    targets: targets(view, [one(recorded(parts, budgetRemaining), 'budget left')], { instant: true }),
  };
}

export function timePanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  return {
    type: 'stat',
    ...frameOf(parts, 'Time left', timeWords(parts)),
    fieldConfig: {
      defaults: {
        color: { mode: 'thresholds' },
        decimals: 0,
        mappings: [notInSight],
        min: 0,
        noValue: 'no data',
        thresholds: { mode: 'absolute', steps: timeSteps(slo.period.seconds) },
        unit: 's',
      },
      overrides: [],
    },
    options: statOptions('value', 'none'),
    targets: targets(view, [one(timeLeft(parts), 'time left')], { instant: true }),
  };
}

/** The same numbers for each group of the objective, in rows. */
export function groupsPanel(parts: Parts): PanelContent {
  const { view, slo } = parts;
  const last = `Last ${slo.period.text}`;
  const words = marked`${promise(parts)}\n\n${budgetWords(parts)}\n\n${timeWords(parts)}`;
  const share = { unit: 'percentunit', mappings: [noData] } as const;
  const names = slo.by.map(({ wire }) => ({ label: wire, name: wire }));
  const table = columnTable(
    view,
    names,
    [
      {
        ...share,
        name: last,
        query: each(parts, grouped(parts, level(parts)), last),
        decimals: digitsOf(slo),
        min: 0,
        max: 1,
        steps: levelSteps(parts),
      },
      {
        ...share,
        name: 'Budget left',
        query: each(parts, grouped(parts, recorded(parts, budgetRemaining)), 'Budget left'),
        decimals: 1,
        min: -1,
        max: 1,
        steps: budgetSteps,
      },
      {
        name: 'Time left',
        query: each(parts, grouped(parts, timeLeft(parts)), 'Time left'),
        unit: 's',
        decimals: 0,
        mappings: [notInSight],
        steps: timeSteps(slo.period.seconds),
      },
    ],
    { name: 'Budget left', falling: false },
  );
  return {
    ...frameOf(parts, `${view.panel.title}: ${slo.objective} % over ${slo.period.text}`, words),
    ...table,
  };
}
