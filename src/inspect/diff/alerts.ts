import type { Alert, AlertCondition } from '../../model/model.js';
import type { Expr } from '../../promql/ast.js';
import { breaks, keeps, type Consequence, type Draft } from './change.js';
import type { Sides } from './context.js';
import { lacksPast, sameMeaning } from './objectives.js';
import { canonical, meaningOf, normalForm, sameTime, shown } from './values.js';

const severities: readonly string[] = ['info', 'ticket', 'page'];

function conditionKeys(condition: AlertCondition): Readonly<Record<string, unknown>> {
  switch (condition.form) {
    case 'expr':
      return { expr: meaningOf(condition.query) };
    case 'ratio': {
      const { part, whole, by, over, above, below, minEvents } = condition;
      return {
        part: meaningOf(part),
        whole: meaningOf(whole),
        by: by.map(({ wire }) => wire).sort(),
        over: over.seconds,
        above,
        below,
        minEvents,
      };
    }
    case 'absent':
      return { metric: condition.metric.name, selector: meaningOf(condition.selector) };
    case 'anomaly': {
      const { query, season, deviations, minimum, direction } = condition;
      return { query: meaningOf(query), season: season.seconds, deviations, minimum, direction };
    }
    case 'forecast': {
      const { metric, by, horizon, over, above, below } = condition;
      return {
        metric: metric.name,
        by: by.map(({ wire }) => wire).sort(),
        horizon: horizon.seconds,
        over: over.seconds,
        above,
        below,
      };
    }
  }
}

/** The limit at the end of `… > 5`, with what is compared. */
function comparison(
  expr: Expr | undefined,
): { readonly op: string; readonly left: string; readonly limit: number } | undefined {
  const inner = expr?.kind === 'paren' ? expr.expr : expr;
  if (inner?.kind !== 'binary' || inner.right.kind !== 'number' || inner.bool === true) return undefined;
  if (!['>', '>=', '<', '<='].includes(inner.op)) return undefined;
  return { op: inner.op, left: normalForm(inner.left), limit: inner.right.value };
}

/** Whether the new condition holds wherever the old one did; undefined where that is not plain to see. */
function isWider(
  before: AlertCondition,
  after: AlertCondition,
  keys: readonly string[],
): boolean | undefined {
  if (before.form === 'expr' && after.form === 'expr') {
    const [was, is] = [comparison(before.query.expr), comparison(after.query.expr)];
    if (was === undefined || is === undefined || was.left !== is.left || was.op[0] !== is.op[0])
      return undefined;
    if (was.op !== is.op) return was.limit === is.limit ? is.op.length > was.op.length : undefined;
    return was.op.startsWith('>') ? is.limit < was.limit : is.limit > was.limit;
  }
  const [key, second] = keys;
  if (before.form !== after.form || key === undefined || second !== undefined) return undefined;
  const [was, is] = [before, after].map(
    (condition) => (condition as unknown as Readonly<Record<string, unknown>>)[key],
  );
  if (typeof was !== 'number' || typeof is !== 'number') return undefined;
  if (key === 'above' || key === 'minEvents' || key === 'deviations' || key === 'minimum') return is < was;
  return key === 'below' ? is > was : undefined;
}

function condition(sides: Sides, before: Alert, after: Alert): Draft[] {
  const [was, is] = [conditionKeys(before.condition), conditionKeys(after.condition)];
  const isSameForm = before.condition.form === after.condition.form;
  if (isSameForm && sameMeaning(sides, canonical(was), canonical(is))) return [];
  const keys = Object.keys({ ...was, ...is }).filter(
    (key) => canonical(was[key] ?? null) !== canonical(is[key] ?? null),
  );
  const wider = isWider(before.condition, after.condition, keys);
  const { form } = after.condition;
  const at = `alerts.${after.name}.${form}`;
  const changed = {
    kind: 'changed',
    hits: [{ kind: 'alert', name: after.name }],
    consequences: [
      wider === undefined
        ? breaks(
            'ALERT',
            isSameForm && lacksPast(sides, canonical(was), canonical(is))
              ? 'it reads a metric that has no past under its new name'
              : 'it fires on another condition',
          )
        : wider
          ? keeps('ALERT', 'it fires wherever it did, and on less')
          : breaks('ALERT', 'it takes more to make it fire'),
    ],
  } as const;
  if (!isSameForm) return [{ ...changed, at, before: before.condition.form, after: form }];
  return keys.map((key) => ({
    ...changed,
    at: form === 'expr' ? at : `${at}.${key}`,
    before: shown(was[key]),
    after: shown(is[key]),
  }));
}

function diffAlert(sides: Sides, before: Alert, after: Alert): Draft[] {
  const drafts = condition(sides, before, after);
  const hits = [{ kind: 'alert', name: after.name }] as const;
  const add = (key: string, was: unknown, is: unknown, consequence?: Consequence): void => {
    if (canonical(was ?? null) === canonical(is ?? null)) return;
    drafts.push({
      at: `alerts.${after.name}.${key}`,
      kind: 'changed',
      before: shown(was),
      after: shown(is),
      hits,
      consequences: consequence === undefined ? [] : [consequence],
    });
  };
  if (!sameTime(before.for, after.for)) {
    const isLater = (after.for?.seconds ?? 0) > (before.for?.seconds ?? 0);
    add(
      'for',
      before.for?.text,
      after.for?.text,
      isLater
        ? breaks('ALERT', 'it fires later, and not at all for what ends before')
        : keeps('ALERT', 'it fires sooner'),
    );
  }
  if (!sameTime(before.keepFiringFor, after.keepFiringFor))
    add(
      'keepFiringFor',
      before.keepFiringFor?.text,
      after.keepFiringFor?.text,
      keeps('ALERT', 'it ends at another time'),
    );
  const isLess = severities.indexOf(after.severity) < severities.indexOf(before.severity);
  add(
    'severity',
    before.severity,
    after.severity,
    isLess
      ? breaks(
          'ALERT',
          `it makes a ${after.severity} in place of a ${before.severity}: routes by severity lead elsewhere`,
        )
      : keeps('ALERT', `it makes a ${after.severity}: more people are told`),
  );
  add(
    'labels',
    Object.fromEntries(before.labels),
    Object.fromEntries(after.labels),
    breaks('ALERT', 'routes, inhibitions and silences that match on its labels no longer do'),
  );
  add(
    'owner',
    before.owner,
    after.owner,
    breaks('ALERT', 'it carries another owner: routes and silences by owner no longer match'),
  );
  const silenced = (alert: Alert): unknown => (alert.inhibits === 'all' ? 'all' : [...alert.inhibits].sort());
  const names = (alert: Alert): readonly string[] => (alert.inhibits === 'all' ? [] : alert.inhibits);
  const isMore =
    (after.inhibits === 'all' && before.inhibits !== 'all') ||
    (before.inhibits !== 'all' && names(after).some((name) => !names(before).includes(name)));
  add(
    'inhibits',
    silenced(before),
    silenced(after),
    isMore
      ? breaks('ALERT', 'while it fires, more alerts are silent')
      : keeps('ALERT', 'fewer alerts are silent while it fires'),
  );
  add('summary', before.summary.value, after.summary.value, keeps('ALERT', 'only the words change'));
  add(
    'description',
    before.description?.value,
    after.description?.value,
    keeps('ALERT', 'only the words change'),
  );
  add('runbook', before.runbook, after.runbook);
  return drafts;
}

/** Everything that differs between the alerts of two specs. */
export function diffAlerts(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.alerts, sides.new.model.alerts];
  const drafts: Draft[] = [];
  for (const alert of before.values()) {
    const same = after.get(alert.name);
    const hits = [{ kind: 'alert', name: alert.name }] as const;
    if (same !== undefined) drafts.push(...diffAlert(sides, alert, same));
    else
      drafts.push({
        at: `alerts.${alert.name}`,
        kind: 'removed',
        before: alert.severity,
        hits,
        consequences: [
          breaks('ALERT', 'nobody is told any more; routes, silences and runbooks by its name lead nowhere'),
        ],
      });
  }
  for (const { name, severity } of after.values())
    if (!before.has(name))
      drafts.push({
        at: `alerts.${name}`,
        kind: 'added',
        after: severity,
        hits: [{ kind: 'alert', name }],
        consequences: [keeps('ALERT', `it makes a ${severity}`)],
      });
  return drafts;
}
