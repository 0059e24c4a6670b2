import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { leastBadEvents } from '../../slo/gate.js';
import { budgetOf, canFire } from '../../slo/windows.js';
import { printDecimal } from '../../slo/decimal.js';
import type { BurnArm, Model, Sli, Slo } from '../model.js';
import { alertedArms } from './burn-rates.js';
import { metricsOfQuery } from './groupings.js';
import { keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';
import { plainList } from './words.js';

/** Expected load, and where it is declared. */
interface Traffic {
  readonly key: string;
  readonly perSecond: number;
}

/** The name of the metric that counts an SLI's events; undefined where it is not a single one, or where time is what counts. */
function countingMetric(model: Model, sli: Sli): string | undefined {
  switch (sli.form) {
    case 'latency':
      return sli.histogram.name;
    case 'events':
    case 'query': {
      const [only, ...others] = metricsOfQuery(model, sli.form === 'events' ? sli.total : sli.query);
      return others.length === 0 ? only?.name : undefined;
    }
    default:
      return undefined;
  }
}

/** The traffic of an SLI's metric: at least as much as that of the SLI, which may leave events out. */
function trafficOf({ model }: CheckInput, sli: Sli): Traffic | undefined {
  const metric = countingMetric(model, sli);
  const found = Object.entries(model.sections.traffic ?? {}).flatMap(([key, each]) =>
    each.metric === metric ? [{ key, perSecond: each.perSecond }] : [],
  );
  return found.sort((a, b) => b.perSecond - a.perSecond)[0];
}

const shown = (value: number): string => String(Number(value.toPrecision(2)));

function windowsOf(arms: readonly BurnArm[]): string {
  return plainList([...new Set(arms.map(({ long }) => long.text))]);
}

/** One failure is more than an arm admits in its long window, and nothing asks for a second one. */
function oneFailure(input: CheckInput, slo: Slo, { key, perSecond }: Traffic): Diagnostic | undefined {
  const { sli, alerting, origin } = slo;
  if (sli.form !== 'query' && alerting.minEvents !== 1) return undefined;
  const budget = Number(printDecimal(budgetOf(slo.objective)));
  const tripped = alertedArms(slo)
    .map(({ arm }) => arm)
    .filter((arm) => perSecond * arm.long.seconds * arm.factor * budget < 1);
  if (tripped.length === 0) return undefined;
  return diagnostic('OBS3211', {
    message: `with ${shown(perSecond)} events a second, a single bad one in ${windowsOf(tripped)} exceeds the burn rate`,
    range: alerting.minEvents === 1 ? origin.of('alerting', 'minEvents') : origin.of('sli'),
    related: [{ range: keyRange(input, 'traffic', key, 'perSecond'), message: 'the expected load' }],
    help:
      sli.form === 'query'
        ? 'describe the SLI with the form `events`, whose alerts wait for several bad events'
        : 'remove `minEvents`: what it is then follows from the budget',
  });
}

/** Not even a complete outage brings as many bad events as an arm waits for. */
function tooQuiet(input: CheckInput, slo: Slo, { key, perSecond }: Traffic): Diagnostic | undefined {
  const { sli, alerting, origin } = slo;
  if (sli.form === 'query') return undefined;
  const silent = alertedArms(slo)
    .map(({ arm }) => arm)
    .filter((arm) => {
      const least = alerting.minEvents ?? leastBadEvents(arm.factor);
      return canFire(arm, slo.objective) && perSecond * arm.long.seconds < least;
    });
  if (silent.length === 0) return undefined;
  const most = Math.max(...silent.map(({ factor }) => alerting.minEvents ?? leastBadEvents(factor)));
  return diagnostic('OBS3212', {
    message: `with ${shown(perSecond)} events a second fewer than the ${most} that an arm waits for come in ${windowsOf(silent)}: it cannot fire in a complete outage`,
    range: alerting.minEvents === undefined ? origin.of('sli') : origin.of('alerting', 'minEvents'),
    related: [{ range: keyRange(input, 'traffic', key, 'perSecond'), message: 'the expected load' }],
    help:
      alerting.minEvents === undefined
        ? 'write `windows` out with longer ones, measure synthetic requests too, or use a `timeSlice`'
        : 'lower `minEvents`, or write `windows` out with longer ones',
  });
}

/** OBS3211, OBS3212: at the load that `traffic` declares, alerts neither fire for one failure nor never. */
export const declaredTraffic: Rule = function* (input) {
  const { model, loaded } = input;
  if (model.sections.traffic === undefined || loaded.repaired.get('/')?.has('traffic') === true) return;
  for (const slo of model.slos.values()) {
    const { repaired } = slo;
    if (['windows', 'alerting', 'objective', 'period'].some((key) => repaired.has(key))) continue;
    const traffic = trafficOf(input, slo.sli);
    if (traffic === undefined || loaded.repaired.has(`/traffic/${traffic.key}`)) continue;
    const found = oneFailure(input, slo, traffic) ?? tooQuiet(input, slo, traffic);
    if (found !== undefined) yield found;
  }
};
