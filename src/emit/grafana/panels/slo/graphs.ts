import { join, marked, text } from '../../../../encode/markdown.js';
import type { BurnArm, Slo } from '../../../../model/model.js';
import type { Expr } from '../../../../promql/ast.js';
import { aggregate, binary, number } from '../../../../promql/build.js';
import { badRate, budgetRemaining, currentBurnRate, errorRatio, totalRate } from '../../../../slo/names.js';
import { planSlo } from '../../../../slo/plan.js';
import { printDecimal } from '../../../../slo/decimal.js';
import { arms, budgetOf, canFire } from '../../../../slo/windows.js';
import type { FieldDefaults, FieldOverride, PanelContent, Threshold } from '../../dashboard.js';
import { dataLinks } from '../../data-links.js';
import { legendOptions } from '../../legends.js';
import type { PanelQuery } from '../../queries.js';
import { targets } from '../../view.js';
import { budgetSteps, each, frameOf, one, recorded, type Parts } from './parts.js';

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

interface Drawing {
  readonly queries: readonly PanelQuery[];
  readonly defaults: FieldDefaults;
  readonly overrides?: readonly FieldOverride[];
  readonly custom: object;
  readonly width: number;
}

function graph(
  { view }: Parts,
  { queries, defaults, overrides = [], custom, width }: Drawing,
): Omit<PanelContent, 'title' | 'description' | 'links'> {
  return {
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        color: { mode: 'palette-classic' },
        custom: {
          drawStyle: 'line',
          fillOpacity: 0,
          lineInterpolation: 'linear',
          lineWidth: 1,
          pointSize: 5,
          showPoints: 'auto',
          spanNulls: false,
          stacking: { group: 'A', mode: 'none' },
          thresholdsStyle: { mode: 'off' },
          ...custom,
        },
        links: dataLinks(view, queries),
        noValue: 'no data',
        ...defaults,
      },
      overrides,
    },
    options: {
      legend: legendOptions(queries, width),
      tooltip: { hideZeros: false, mode: 'multi', sort: 'desc' },
    },
    targets: targets(view, queries),
  };
}

/** Of groups, the worst: which one that is the table beside it says. */
function worstGroup({ slo }: Parts, expr: Expr): Expr {
  return slo.by.length === 0 ? expr : aggregate('max', expr);
}

/** How fast the budget is spent, over the long window of each arm: 1 spends it in exactly the period. */
export function burnPanel(parts: Parts, width: number): PanelContent {
  const { slo } = parts;
  const possible = arms(slo).filter((arm) => canFire(arm, slo.objective));
  const budget = printDecimal(budgetOf(slo.objective));
  const windows = new Map(possible.map(({ long }) => [long.seconds, long.text] as const));
  const rates = [...windows]
    .sort(([a], [b]) => a - b)
    .map(([seconds, name]) => {
      const share = worstGroup(parts, recorded(parts, errorRatio(seconds)));
      return one(binary('/', share, number(Number(budget), budget)), name);
    });
  const now = one(worstGroup(parts, recorded(parts, currentBurnRate)), 'now');
  const fires = possible
    .filter(({ severity }) => slo.alerting[severity])
    .map(
      ({ severity, long, short, factor }) =>
        marked`- ${text(severity)}: above ${factor} over ${text(long.text)} and ${text(short.text)}`,
    );
  const alerts = fires.length === 0 ? [] : [marked` Alerts fire\n${join(fires, '\n')}`];
  const whose = slo.by.length === 0 ? marked`` : marked` Of the groups, the worst.`;
  const words = marked`How fast the budget is spent: 1 spends it in exactly ${text(slo.period.text)}.${whose} Good: below 1.${join(alerts)}`;
  const steps = armSteps(slo, possible);
  return {
    ...frameOf(parts, 'Burn rate', words),
    ...graph(parts, {
      queries: rates.length === 0 ? [now] : rates,
      custom: { axisSoftMax: 2, thresholdsStyle: { mode: steps.length > 1 ? 'dashed' : 'off' } },
      defaults: { decimals: 2, min: 0, thresholds: { mode: 'absolute', steps }, unit: 'short' },
      width,
    }),
  };
}

/** How the budget went: down with what was bad, up again where that leaves the period. */
export function historyPanel(parts: Parts, width: number): PanelContent {
  const words = marked`What was left of the budget at each time: it falls with what is bad, and rises where that is longer ago than ${text(parts.slo.period.text)}. Good: above 0 %.`;
  return {
    ...frameOf(parts, 'Budget over time', words),
    ...graph(parts, {
      queries: [each(parts, recorded(parts, budgetRemaining), 'budget left')],
      custom: { axisSoftMin: 0, fillOpacity: 10, thresholdsStyle: { mode: 'dashed' } },
      defaults: {
        decimals: 1,
        max: 1,
        thresholds: { mode: 'absolute', steps: budgetSteps },
        unit: 'percentunit',
      },
      width,
    }),
  };
}

function fixed(name: string, colour: string): FieldOverride {
  return {
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }],
  };
}

/** What was good and what was bad: events, or shares of the time where the objective counts time. */
export function eventsPanel(parts: Parts, width: number): PanelContent {
  const { view, slo } = parts;
  const { base, measurement } = planSlo(view.model, slo);
  const counted = measurement.kind === 'events';
  const grouped = slo.by.length > 0;
  const whole = (expr: Expr): Expr => (grouped ? aggregate(counted ? 'sum' : 'avg', expr) : expr);
  const bad = whole(recorded(parts, counted ? badRate(base) : errorRatio(base)));
  const all = counted ? whole(recorded(parts, totalRate(base))) : number(1);
  const words = counted
    ? marked`Events a second, good and bad. Good: none that is bad, and as many as usual.`
    : marked`The share of the time that was good and that was bad. Good: nothing bad.`;
  return {
    ...frameOf(parts, counted ? 'Good and bad events' : 'Good and bad time', words),
    ...graph(parts, {
      queries: [one(bad, 'bad'), one(binary('-', all, bad), 'good')],
      custom: { fillOpacity: 30, stacking: { group: 'A', mode: 'normal' } },
      defaults: counted
        ? { decimals: 2, min: 0, unit: 'cps' }
        : { decimals: 1, min: 0, max: 1, unit: 'percentunit' },
      overrides: [fixed('bad', 'red'), fixed('good', 'green')],
      width,
    }),
  };
}
