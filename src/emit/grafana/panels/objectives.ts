import type { Slo } from '../../../model/model.js';
import type { Expr } from '../../../promql/ast.js';
import {
  aggregate,
  binary,
  by,
  call,
  chain,
  matcher,
  number,
  selector,
  string,
} from '../../../promql/build.js';
import {
  budgetRemaining,
  errorBudget,
  errorRatio,
  objectiveRatio,
  sloIdentity,
  sloLabels,
  timeToExhaustion,
} from '../../../slo/names.js';
import { planSlo } from '../../../slo/plan.js';
import { arms, canFire } from '../../../slo/windows.js';
import type { Model } from '../../../model/model.js';
import type { Draw } from '../layout.js';
import { boardLabel, sloBoardLinks } from '../own-boards.js';
import type { PanelView } from '../view.js';
import { columnTable, type NameColumn, type NumberColumn } from './columns.js';
import { frame } from './frame.js';
import { noData, notInSight } from './mappings.js';
import { budgetSteps, digitsOf, one, timeSteps } from './slo/parts.js';

/** A recorded series of several objectives. Those that leave the label `service` to their groups are asked for without it. */
function recordedOf(model: Model, slos: readonly Slo[], name: string): readonly Expr[] {
  const service = model.service.name;
  const named = new Map<boolean, Slo[]>();
  for (const slo of slos) {
    const own = sloIdentity(slo, service).has(sloLabels.service);
    named.set(own, [...(named.get(own) ?? []), slo]);
  }
  return [...named].map(([own, group]) => {
    const names = group.map((slo) => slo.name);
    return selector(name, [
      matcher(sloLabels.slo, names.length === 1 ? '=' : '=~', names.join('|')),
      ...(own ? [matcher(sloLabels.service, '=', service)] : []),
    ]);
  });
}

/** One number for each objective; of one that is grouped, that of its worst group. */
function worst(op: 'min' | 'max', [first, ...rest]: readonly Expr[]): Expr {
  if (first === undefined) throw new Error('bug: a table of no objectives');
  return aggregate(op, chain('or', [first, ...rest]), by([sloLabels.slo]));
}

/** Shares of bad events, over a window that each objective chooses. */
function shares(model: Model, slos: readonly Slo[], windowOf: (slo: Slo) => number): Expr {
  const windows = new Map<number, Slo[]>();
  for (const slo of slos) {
    const window = windowOf(slo);
    windows.set(window, [...(windows.get(window) ?? []), slo]);
  }
  const each = [...windows].flatMap(([window, group]) => recordedOf(model, group, errorRatio(window)));
  return worst('max', each);
}

/** Brings the uid of each objective's dashboard as a label, where it does not follow from the objective's name. */
function withBoards(expr: Expr, uids: ReadonlyMap<string, string>): Expr {
  return [...uids].reduce<Expr>(
    (inner, [name, uid]) =>
      call('label_replace', inner, string(boardLabel), string(uid), string(sloLabels.slo), string(name)),
    expr,
  );
}

function columnsOf(
  view: PanelView,
  slos: readonly Slo[],
  uids: ReadonlyMap<string, string>,
): readonly NumberColumn[] {
  const { model } = view;
  const of = (name: string): readonly Expr[] => recordedOf(model, slos, name);
  const decimals = Math.max(...slos.map(digitsOf));
  const left = worst('min', of(budgetRemaining));
  const burning = binary(
    '/',
    shares(model, slos, (slo) => planSlo(model, slo).exhaustion),
    worst('max', of(errorBudget)),
  );
  const paging = slos.flatMap((slo) =>
    arms(slo).flatMap((arm) => (arm.severity === 'page' && canFire(arm, slo.objective) ? [arm.factor] : [])),
  );
  // An objective whose budget is not in danger has no such series: a row for it there must be all the same.
  const lasting = binary('or', worst('min', of(timeToExhaustion)), binary('*', left, number(NaN)));
  const share = { unit: 'percentunit', mappings: [noData] } as const;
  return [
    {
      ...share,
      name: 'Promised',
      query: one(withBoards(worst('max', of(objectiveRatio)), uids), 'Promised'),
      decimals,
      min: 0,
      max: 1,
    },
    {
      ...share,
      name: 'Kept',
      query: one(
        binary(
          '-',
          number(1),
          shares(model, slos, ({ period }) => period.seconds),
        ),
        'Kept',
      ),
      decimals,
      min: 0,
      max: 1,
    },
    {
      ...share,
      name: 'Budget left',
      query: one(left, 'Budget left'),
      decimals: 1,
      min: -1,
      max: 1,
      steps: budgetSteps,
    },
    {
      name: 'Burn rate',
      query: one(burning, 'Burn rate'),
      unit: 'short',
      decimals: 2,
      min: 0,
      mappings: [noData],
      steps: [
        { color: 'green', value: null },
        { color: 'orange', value: 1 },
        ...(paging.length === 0 ? [] : [{ color: 'red', value: Math.max(1, Math.min(...paging)) }]),
      ],
    },
    {
      name: 'Time left',
      query: one(lasting, 'Time left'),
      unit: 's',
      decimals: 0,
      mappings: [notInSight],
      steps: timeSteps(Math.min(...slos.map(({ period }) => period.seconds))),
    },
  ];
}

/** All objectives, the one with the least budget first: what was promised, what was kept, what is left, how fast that goes and for how long. */
export function drawObjectives(view: PanelView, slos: readonly Slo[]): Draw {
  const links = sloBoardLinks(view.model, slos);
  const names: readonly NameColumn[] = [
    {
      label: sloLabels.slo,
      name: 'Objective',
      properties:
        links === undefined
          ? undefined
          : [{ id: 'links', value: [{ targetBlank: false, title: 'Open the objective', url: links.url }] }],
    },
    ...(links === undefined || links.uids.size === 0
      ? []
      : [{ label: boardLabel, name: boardLabel, properties: [{ id: 'custom.hidden', value: true }] }]),
  ];
  const numbers = columnsOf(view, slos, links?.uids ?? new Map());
  return () => ({
    ...frame(view),
    datasource: view.sources.ref('metrics'),
    ...columnTable(view, names, numbers, { name: 'Budget left', falling: false }),
  });
}
