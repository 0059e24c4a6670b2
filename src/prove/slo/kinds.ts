import type { RuleGroup } from '../../promql/rule.js';
import { openMetricsFloat } from '../../slo/events.js';
import { badSlice } from '../../slo/names.js';
import type { Scenario } from '../scenario.js';
import { budgetChecks, constantChecks } from './budget.js';
import { absent, measured, noNaN, recordOf, slice } from './checks.js';
import { countersOf, flowsOf } from './counters.js';
import { lengthOf, traffic } from './course.js';
import { flatSpell, gaugesOf } from './gauges.js';
import { identityOf } from './identity.js';
import { otherObjectives, otherServices } from './others.js';
import { populations, otherSpelling, type Population, type Recipe } from './population.js';
import type { Stage } from './stage.js';

/** Evaluations that a short scenario has. */
const evaluations = 12;

/** The names of everything that rules record. */
export function recordsOf(groups: readonly RuleGroup[]): readonly string[] {
  return groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])),
  );
}

/** Everything is bad from the first sample on; the alerts fire as exactly what Alertmanager gets. */
function outage(stage: Stage, groups: readonly RuleGroup[]): Scenario {
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 1)]);
  const forecast = stage.forecast(course);
  const at = lengthOf(course);
  const found = new Map([...stage.objective.identity, ...stage.group]);
  const alerts = groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === 'alert'));
  const fires = stage.severities.filter((severity) => forecast.fires(stage.armsOf(severity), at));
  return stage.scenario(
    'an outage fires every alert on the budget',
    'All events or all of the time is bad from the first sample on; alerts are compared with all of their labels and annotations.',
    course,
    [...stage.series(course), ...stage.bystanders(course), ...otherServices(stage, course, 0)],
    [
      ...fires.flatMap((severity) => [
        stage.firing(severity, at),
        ...alerts
          .filter(({ alert }) => alert === stage.alertOf(severity))
          .map((rule) => identityOf(rule, at, found, 1)),
      ]),
      ...measured(stage.objective, forecast, stage.group, at),
      ...budgetChecks(stage.objective, forecast, stage.group, at),
    ],
  );
}

/** The service is well; other services and other objectives, which are not, are none of its business. */
function healthy(stage: Stage, groups: readonly RuleGroup[]): Scenario {
  const pace = stage.interval;
  const seconds = 120 * pace;
  const shares = [0.2 * stage.objective.budget, 0];
  const courses = shares.map((share) => stage.course(pace, [stage.phase(pace, seconds, share)]));
  const quiet = courses.find((course) => {
    const forecast = stage.forecast(course);
    return stage
      .times(course)
      .every((at) => stage.severities.every((each) => !forecast.mayFire(stage.armsOf(each), at)));
  });
  const course = quiet ?? stage.course(pace, [stage.phase(pace, seconds, 0)]);
  const forecast = stage.forecast(course);
  const at = lengthOf(course);
  return stage.scenario(
    'a healthy service is left alone, whatever others do',
    'A fifth of the budget is used, or none where a single bad look would already be too much. Another service with the same metrics fails, and so does another objective.',
    course,
    [
      ...stage.series(course),
      ...stage.bystanders(course),
      ...otherServices(stage, course, 1),
      ...otherObjectives(stage, recordsOf(groups), course),
    ],
    [
      ...[0.1, 0.5, 1].flatMap((part) =>
        stage.allSilent(course.lead + Math.round((seconds * part) / pace) * pace),
      ),
      ...(stage.noData === undefined ? [] : [{ kind: 'silent', alert: stage.noData, at } as const]),
      ...measured(stage.objective, forecast, stage.group, at),
      ...budgetChecks(stage.objective, forecast, stage.group, at),
      ...constantChecks(stage.objective, at),
      noNaN(at),
    ],
  );
}

/** One kind of event alone, all of it bad. */
function onlyBad(stage: Stage, population: Population, recipe: Recipe): Scenario {
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 1)]);
  const forecast = stage.forecast(course);
  const at = lengthOf(course);
  return stage.scenario(
    `${recipe.name} counts as bad, also where nothing else has happened yet`,
    undefined,
    course,
    countersOf(course.phases, [{ recipe, steps: course.phases.map(({ bad }) => bad) }]),
    [
      ...stage.severities
        .filter((severity) => forecast.fires(stage.armsOf(severity), at))
        .map((severity) => stage.firing(severity, at)),
      ...measured(stage.objective, forecast, population.group, at),
    ],
  );
}

/** All kinds of good events, and all that are not counted. */
function onlyGood(stage: Stage, { group, good, bad, excluded }: Population): Scenario {
  const pace = stage.interval;
  const samples = stage.samples(pace, evaluations * pace);
  const course = stage.course(pace, [traffic(samples, stage.volume * good.length, 0)]);
  // What a user's own query makes of series that do not exist is its author's business.
  const still = stage.objective.kind === 'share' ? bad.slice(0, 1) : [];
  const forecast = stage.forecast(course);
  const at = lengthOf(course);
  const left = excluded.length === 0 ? '' : `, and ${excluded.map(({ name }) => name).join('; ')} as nothing`;
  return stage.scenario(
    `${good.map(({ name }) => name).join('; ')} counts as good${left}, also where nothing bad has happened yet`,
    undefined,
    course,
    countersOf(course.phases, [
      ...[...good, ...excluded].map((recipe) => ({ recipe, steps: [stage.volume] })),
      ...still.map((recipe) => ({ recipe, steps: [0] })),
    ]),
    [
      ...stage.allSilent(at),
      ...measured(stage.objective, forecast, group, at),
      ...budgetChecks(stage.objective, forecast, group, at),
    ],
  );
}

/** The bounds of buckets as the other generation of servers stores them. */
function otherBounds(stage: Stage): Scenario | undefined {
  if (otherSpelling(stage.objective.slo) === undefined) return undefined;
  const [population] = populations(stage.model, stage.objective.slo, openMetricsFloat);
  if (population === undefined) return undefined;
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 0.5)]);
  const at = lengthOf(course);
  return stage.scenario(
    'bounds of buckets are known as Prometheus 3 stores them too',
    undefined,
    course,
    countersOf(course.phases, flowsOf(population, course.phases)),
    measured(stage.objective, stage.forecast(course), population.group, at),
  );
}

/** More observations within the threshold than there are observations, as when a series is scraped a moment later than another. */
function moreThanAll(stage: Stage, population: Population): Scenario | undefined {
  const [recipe] = population.good;
  if (stage.objective.slo.sli.form !== 'latency' || recipe === undefined) return undefined;
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 0)]);
  const at = lengthOf(course);
  const ahead = {
    ...recipe,
    grow: recipe.grow.filter(({ metric }) => metric.endsWith('_bucket')),
  };
  return stage.scenario(
    'a bucket that is ahead of the count makes no negative errors',
    undefined,
    course,
    countersOf(course.phases, [
      { recipe, steps: [stage.volume] },
      { recipe: ahead, steps: [stage.volume / 100] },
    ]),
    measured(stage.objective, stage.forecast(course), population.group, at),
  );
}

/** The worst series of a group decides, or for time stamps the newest. */
function severalSeries(stage: Stage): Scenario | undefined {
  const { objective } = stage;
  const [gauges] = stage.watched;
  if (gauges === undefined || gauges.series.length !== 1) return undefined;
  const [series] = gauges.series;
  const asked = new Set([...gauges.group.keys(), ...stage.model.service.selector.keys()]);
  const label = [...(series?.labels.keys() ?? [])].find((each) => !asked.has(each)) ?? 'instance';
  const { form } = objective.slo.sli;
  // A user's own query may do with other series what it likes.
  if (series === undefined || form === 'timeSlice') return undefined;
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 1)]);
  const well = [{ ...(course.phases[0] ?? traffic(1, 1, 0)), good: 1, bad: 0 }];
  const copy = { ...gauges, series: [{ ...series, labels: new Map([...series.labels, [label, 'second']]) }] };
  const at = lengthOf(course);
  return stage.scenario(
    form === 'freshness'
      ? 'the newest of several time stamps counts'
      : 'one series that is bad makes its group bad',
    undefined,
    course,
    [...stage.series(course), ...gaugesOf(copy, well, course.interval, course.lead)],
    [slice(objective, stage.group, form !== 'freshness', at)],
  );
}

/** Two series that are bad at once are bad once. */
function severalBad(stage: Stage): Scenario | undefined {
  const { objective } = stage;
  const [gauges] = stage.watched;
  const [series] = gauges?.series ?? [];
  const { form } = objective.slo.sli;
  if (gauges?.series.length !== 1 || series === undefined || form === 'timeSlice') return undefined;
  const asked = new Set([...gauges.group.keys(), ...stage.model.service.selector.keys()]);
  const label = [...series.labels.keys()].find((each) => !asked.has(each)) ?? 'instance';
  const copy = { ...gauges, series: [{ ...series, labels: new Map([...series.labels, [label, 'second']]) }] };
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 1)]);
  return stage.scenario(
    'several series that are bad at once make one bad look',
    undefined,
    course,
    [...stage.series(course), ...gaugesOf(copy, course.phases, course.interval, course.lead)],
    [slice(objective, stage.group, true, lengthOf(course))],
  );
}

/** A time stamp that nobody has set is none: it is neither fresh nor old. */
function neverSet(stage: Stage): Scenario | undefined {
  const { objective } = stage;
  const [gauges] = stage.watched;
  if (gauges === undefined || objective.slo.sli.form !== 'freshness') return undefined;
  const pace = stage.interval;
  const course = stage.course(pace, [stage.phase(pace, evaluations * pace, 1)]);
  const { lead, interval } = course;
  const unset = { ...gauges, spell: flatSpell(0, 0) };
  const at = lengthOf(course);
  return stage.scenario(
    'a time stamp of 0 is none, and neither fresh nor too old',
    undefined,
    course,
    gaugesOf(unset, course.phases, interval, lead),
    [absent(recordOf(objective, badSlice, stage.group), at), ...stage.allSilent(at)],
  );
}

/** What becomes of each kind of event and each kind of neighbour. */
export function kindScenarios(stage: Stage, groups: readonly RuleGroup[]): readonly Scenario[] {
  const [population] = stage.populations;
  const counted =
    population === undefined
      ? [severalSeries(stage), severalBad(stage), neverSet(stage)]
      : [
          ...population.bad.map((recipe) => onlyBad(stage, population, recipe)),
          onlyGood(stage, population),
          otherBounds(stage),
          moreThanAll(stage, population),
        ];
  return [healthy(stage, groups), outage(stage, groups), ...counted].filter((each) => each !== undefined);
}
