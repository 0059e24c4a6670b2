import type { Scenario } from '../scenario.js';
import type { TestSeries } from '../series.js';
import { grows, seriesOf } from './counters.js';
import { fires, load, long, nearly, scenario, stays, type RatioPlan } from './ratio-plan.js';
import type { Counted } from './ratio-series.js';

/** More values than this of one label are not tried one by one. */
const mostValues = 8;

/** Rows that differ from the first in one label alone, and the value that they have there. */
function variants(
  rows: readonly Counted[],
  asked: ReadonlySet<string>,
): readonly { readonly row: Counted; readonly what: string }[] {
  const [first] = rows;
  if (first === undefined) return [];
  return rows.slice(1).flatMap((row) => {
    if (row.metric !== first.metric) return [];
    const differing = [...row.labels].filter(([label, value]) => first.labels.get(label) !== value);
    const [only] = differing;
    return differing.length === 1 && only !== undefined && asked.has(only[0])
      ? [{ row, what: `${only[0]}="${only[1]}"` }]
      : [];
  });
}

/** Each value that a matcher admits counts by itself. */
export function values(plan: RatioPlan): readonly Scenario[] {
  const { hit, sides, events } = plan;
  const asked = new Set(
    [...sides.part, ...sides.whole].flatMap(({ selector }) => selector.matchers.map(({ label }) => label)),
  );
  const intervals = long(plan);
  const ofPart = variants(hit.part, asked)
    .slice(0, mostValues)
    .flatMap(({ row, what }) => {
      const series = load(
        plan,
        [{ intervals, events, share: nearly(plan, plan.isAbove ? 'beyond' : 'within') }],
        { part: row },
      );
      if (series === undefined) return [];
      const check = plan.isAbove ? fires(plan, intervals) : stays(plan, intervals);
      return [
        scenario(
          plan,
          `${plan.isAbove ? 'fires' : 'silent'} where the events of the part have ${what}`,
          series,
          [check],
        ),
      ];
    });
  const ofRest = variants(hit.rest, asked)
    .slice(0, mostValues)
    .flatMap(({ row, what }) => {
      const series = load(
        plan,
        [{ intervals, events, share: nearly(plan, plan.isAbove ? 'within' : 'beyond') }],
        { rest: [row] },
      );
      if (series === undefined) return [];
      const check = plan.isAbove ? stays(plan, intervals) : fires(plan, intervals);
      return [
        scenario(plan, `${plan.isAbove ? 'silent' : 'fires'} where the other events have ${what}`, series, [
          check,
        ]),
      ];
    });
  return [...ofPart, ...ofRest];
}

/** Series that no matcher admits, many times as busy as the others. */
export function noise(plan: RatioPlan): readonly TestSeries[] {
  return plan.hit.strangers.map((row) =>
    seriesOf(row, grows([{ intervals: long(plan), step: plan.events * 50 }])),
  );
}

/** What no matcher admits changes nothing. */
export function strangers(plan: RatioPlan): readonly Scenario[] {
  const { hit, events } = plan;
  const intervals = long(plan);
  if (hit.strangers.length === 0) return [];
  return (['within', 'beyond'] as const).flatMap((side) => {
    const series = load(plan, [{ intervals, events, share: nearly(plan, side) }]);
    if (series === undefined) return [];
    const check = side === 'within' ? stays(plan, intervals) : fires(plan, intervals);
    return [
      scenario(
        plan,
        `${side === 'within' ? 'silent' : 'fires'} whatever series do that it does not read`,
        [...series, ...noise(plan)],
        [check],
      ),
    ];
  });
}
