import type { Sli, Slo } from '../../model/model.js';
import { breaks, keeps, type Draft } from './change.js';
import type { Sides } from './context.js';
import { canonical, listed, meaningOf, sameTime, shown, without } from './values.js';

/** What an SLI measures, in a form that formatting does not touch. */
function measured(sli: Sli): Readonly<Record<string, unknown>> {
  switch (sli.form) {
    case 'events':
      return {
        total: meaningOf(sli.total),
        good: sli.good && meaningOf(sli.good),
        bad: sli.bad && meaningOf(sli.bad),
      };
    case 'latency':
    case 'nativeLatency':
      return {
        histogram: sli.histogram.name,
        matchers: sli.matchers && meaningOf(sli.matchers),
        threshold: sli.threshold.seconds,
      };
    case 'timeSlice':
      return { query: meaningOf(sli.query), op: sli.op, value: sli.value };
    case 'boolean':
      return { gauge: sli.gauge.name };
    case 'freshness':
      return { timestamp: sli.timestamp.name, maxAge: sli.maxAge.seconds };
    case 'quantile':
      return { histogram: sli.histogram.name, q: sli.q, by: sli.by.map(({ wire }) => wire).sort() };
    case 'query':
      return { query: meaningOf(sli.query), unit: sli.unit };
  }
}

/** A text in which renamed metrics have their new names. */
function withNewNames(text: string, names: Iterable<readonly [old: string, now: string]>): string {
  let result = text;
  for (const [old, now] of names)
    result = result.replace(new RegExp(`\\b${old}(?=(?:_bucket|_sum|_count)?\\b)`, 'g'), now);
  return result;
}

/** Whether two things mean the same once renamed metrics are taken for what they are. */
export function sameMeaning(sides: Sides, before: string, after: string): boolean {
  return (
    before === after ||
    withNewNames(
      before,
      [...sides.renamed].map(([old, { name }]) => [old, name]),
    ) === after
  );
}

/**
 * Whether two things differ only by names of metrics that seem to be the same, although nobody says that they are: then what is read has no
 * past under its new name.
 */
export function lacksPast(sides: Sides, before: string, after: string): boolean {
  const said = [...sides.renamed].map(([old, { name }]) => [old, name] as const);
  return withNewNames(before, [...said, ...sides.proposed]) === after;
}

function usersOf(sides: Sides, sli: string): readonly Slo[] {
  const all = [...sides.old.model.slos.values(), ...sides.new.model.slos.values()].filter(
    (slo) => slo.sli.name === sli,
  );
  return [...new Map(all.map((slo) => [slo.name, slo])).values()];
}

function diffSli(sides: Sides, before: Sli, after: Sli): Draft[] {
  const drafts: Draft[] = [];
  const at = `slis.${after.name}`;
  if (before.description !== after.description)
    drafts.push({
      at: `${at}.description`,
      kind: 'changed',
      before: before.description,
      after: after.description,
    });
  const [was, is] = [measured(before), measured(after)];
  const isSame = before.form === after.form && sameMeaning(sides, canonical(was), canonical(is));
  if (isSame) return drafts;
  const users = usersOf(sides, after.name);
  const isYoung = before.form === after.form && lacksPast(sides, canonical(was), canonical(is));
  const keys = Object.keys({ ...was, ...is }).filter(
    (key) => canonical(was[key] ?? null) !== canonical(is[key] ?? null),
  );
  const changed = {
    kind: 'changed',
    hits: users.map(({ name }) => ({ kind: 'objective', name }) as const),
    consequences: [
      breaks(
        'QUERY',
        isYoung
          ? 'what is recorded of it has a gap: its metric has no past under the new name'
          : 'what is recorded of it means something else from now on, under the same name',
      ),
      ...(users.length === 0
        ? []
        : [
            breaks(
              'ALERT',
              `${listed(users.map(({ name }) => `objective ${name}`))}: its alerts ${isYoung ? 'see nothing of before' : 'measure something else'}`,
            ),
          ]),
    ],
  } as const;
  if (before.form !== after.form) drafts.push({ ...changed, at, before: before.form, after: after.form });
  else
    for (const key of keys)
      drafts.push({
        ...changed,
        at: `${at}.${after.form}.${key}`,
        before: shown(was[key]),
        after: shown(is[key]),
      });
  return drafts;
}

function diffSlo(before: Slo, after: Slo): Draft[] {
  const at = `slos.${after.name}`;
  const hits = [{ kind: 'objective', name: after.name }] as const;
  const drafts: Draft[] = [];
  const add = (key: string, was: unknown, is: unknown, consequences: Draft['consequences']): void => {
    if (canonical(was ?? null) === canonical(is ?? null)) return;
    drafts.push({
      at: `${at}.${key}`,
      kind: 'changed',
      before: shown(was),
      after: shown(is),
      hits,
      consequences: consequences ?? [],
    });
  };
  const [was, is] = [Number(before.objective), Number(after.objective)];
  if (was !== is)
    add('objective', before.objective, after.objective, [
      keeps('QUERY', 'burn rates and what is left of the budget are worked out from another objective'),
      is < was
        ? breaks('ALERT', 'more failures are needed before it fires')
        : keeps('ALERT', 'fewer failures make it fire'),
    ]);
  if (!sameTime(before.period, after.period))
    add('period', before.period.text, after.period.text, [
      breaks('QUERY', `the series recorded over ${before.period.text} vanish`),
      breaks('ALERT', 'its windows and its budget are those of another period'),
    ]);
  add('sli', before.sli.name, after.sli.name, [
    breaks('QUERY', 'what is recorded of it means something else from now on, under the same name'),
    breaks('ALERT', 'its alerts measure something else'),
  ]);
  add('by', before.by.map(({ wire }) => wire).sort(), after.by.map(({ wire }) => wire).sort(), [
    breaks('SERIES', 'what is recorded of it gets another identity: its history ends'),
    breaks('QUERY', 'queries of what is recorded see other rows'),
    breaks('ALERT', 'it fires for other groups'),
  ]);
  const windows = (slo: Slo): unknown =>
    typeof slo.windows === 'string'
      ? slo.windows
      : slo.windows.map(({ severity, long, short, factor }) => [
          severity,
          long.seconds,
          short.seconds,
          factor,
        ]);
  add('windows', windows(before), windows(after), [
    breaks('QUERY', 'series recorded over windows that are no longer used vanish'),
    breaks('ALERT', 'it fires after other times, and at other rates'),
  ]);
  for (const severity of ['page', 'ticket'] as const)
    add(`alerting.${severity}`, before.alerting[severity], after.alerting[severity], [
      after.alerting[severity]
        ? keeps('ALERT', `it makes a ${severity} as well`)
        : breaks('ALERT', `it makes no ${severity} any more`),
    ]);
  const isLater = (after.alerting.minEvents ?? 0) > (before.alerting.minEvents ?? 0);
  add('alerting.minEvents', before.alerting.minEvents, after.alerting.minEvents, [
    isLater
      ? breaks('ALERT', 'more bad events are needed before it fires')
      : keeps('ALERT', 'fewer bad events make it fire'),
  ]);
  const [quiet, quietNow] = [before.alerting.noData, after.alerting.noData];
  if (!sameTime(quiet, quietNow))
    add('alerting.noData', quiet?.text, quietNow?.text, [
      quiet !== undefined && (quietNow?.seconds ?? Infinity) > quiet.seconds
        ? breaks(
            'ALERT',
            quietNow === undefined
              ? 'nobody is told that there is no data'
              : 'it is told later that there is no data',
          )
        : keeps('ALERT', 'it is told sooner that there is no data'),
    ]);
  add('policy', before.policy, after.policy, []);
  add('description', before.description, after.description, []);
  add('owner', before.owner, after.owner, [
    breaks('ALERT', 'its alerts carry another owner: routes and silences by owner no longer match'),
  ]);
  return drafts;
}

/** Everything that differs between the SLIs and objectives of two specs. */
export function diffObjectives(sides: Sides): Draft[] {
  const drafts: Draft[] = [];
  const { old, new: now } = sides;
  for (const sli of old.model.slis.values()) {
    const same = now.model.slis.get(sli.name);
    if (same !== undefined) drafts.push(...diffSli(sides, sli, same));
    else {
      const recorded = sli.form === 'quantile';
      drafts.push({
        at: `slis.${sli.name}`,
        kind: 'removed',
        before: sli.form,
        consequences: recorded
          ? [
              breaks('SERIES', 'the quantile is no longer recorded'),
              breaks('QUERY', 'queries of the recorded quantile go blank'),
            ]
          : [],
      });
    }
  }
  for (const sli of without([...now.model.slis.keys()], [...old.model.slis.keys()]))
    drafts.push({ at: `slis.${sli}`, kind: 'added', after: now.model.slis.get(sli)?.form });
  for (const slo of old.model.slos.values()) {
    const same = now.model.slos.get(slo.name);
    if (same !== undefined) drafts.push(...diffSlo(slo, same));
    else
      drafts.push({
        at: `slos.${slo.name}`,
        kind: 'removed',
        before: slo.objective,
        hits: [{ kind: 'objective', name: slo.name }],
        consequences: [
          breaks('SERIES', `what is recorded with slo="${slo.name}" vanishes`),
          breaks('QUERY', `queries of it go blank`),
          breaks('ALERT', 'nobody is told any more that its budget burns'),
        ],
      });
  }
  for (const slo of now.model.slos.values())
    if (!old.model.slos.has(slo.name))
      drafts.push({
        at: `slos.${slo.name}`,
        kind: 'added',
        after: slo.objective,
        hits: [{ kind: 'objective', name: slo.name }],
        consequences: [
          keeps('SERIES', `series with slo="${slo.name}" are recorded`),
          keeps('ALERT', 'somebody is told when its budget burns'),
        ],
      });
  return drafts;
}
