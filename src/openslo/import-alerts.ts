import { durationOf } from '../model/duration.js';
import type { BurnArm } from '../model/model.js';
import { parseDuration } from '../promql/duration.js';
import { arms as armsOf } from '../slo/windows.js';
import { annotations } from './annotations.js';
import type { Item } from './document.js';
import { shorthandSeconds } from './durations.js';
import type { Library } from './library.js';

/** The keys of an objective that say when it alerts. */
export interface SpecAlerting {
  readonly windows?: unknown;
  readonly alerting?: Readonly<Record<string, unknown>>;
}

const waking = /page|critical|urgent|high|sev-?[01]|p[01]\b/i;

function severityOf(library: Library, item: Item): BurnArm['severity'] {
  const severity = item.text ?? '';
  if (severity === 'page' || severity === 'ticket') return severity;
  const taken = waking.test(severity) ? 'page' : 'ticket';
  library.note('assumed', item, `the severity ${severity} is a ${taken}`);
  return taken;
}

function shortOf(library: Library, condition: Item, spec: Item, long: number): number {
  const own = condition.get('metadata', 'annotations', annotations.shortWindow)?.text;
  const written = own === undefined ? undefined : parseDuration(own);
  if (written !== undefined) return written;
  const after = spec.get('alertAfter');
  const short = Math.max(60, Math.floor(long / 12 / 60) * 60);
  const words = `the last ${durationOf(short).text} have to burn as well, so that the alert ends with the incident`;
  if (after?.text !== undefined && (shorthandSeconds(after.text) ?? 0) > 0)
    library.note('lost', after, `alertAfter ${after.text}: ${words}`);
  else library.note('assumed', condition, words);
  return short;
}

function armOf(library: Library, condition: Item): BurnArm | undefined {
  const spec = condition.get('spec');
  const rule = spec?.get('condition');
  if (spec === undefined || rule === undefined) {
    library.note('error', condition, 'it has no spec.condition');
    return undefined;
  }
  const kind = rule.get('kind');
  if (kind !== undefined && kind.text !== 'burnrate') {
    library.note('lost', kind, `a condition of the kind ${kind.text ?? ''}: only burnrate is known`);
    return undefined;
  }
  const [threshold, window, op] = [rule.get('threshold'), rule.get('lookbackWindow'), rule.get('op')];
  const long = shorthandSeconds(window?.text ?? '');
  const factor = Number(threshold?.digits);
  if (long === undefined || long === 0 || !(factor > 0)) {
    library.note('error', rule, 'it needs a threshold above 0 and a lookbackWindow');
    return undefined;
  }
  if (op !== undefined && op.text !== 'gt' && op.text !== 'gte')
    library.note(
      'assumed',
      op,
      `op ${op.text ?? ''}: an alert fires where the burn rate is above the threshold`,
    );
  const severity = spec.get('severity');
  return {
    severity: severity === undefined ? 'ticket' : severityOf(library, severity),
    long: durationOf(long),
    short: durationOf(shortOf(library, condition, rule, long)),
    factor,
  };
}

const shown = (list: readonly BurnArm[]): string =>
  list
    .map(({ severity, long, short, factor }) => [severity, long.seconds, short.seconds, factor].join())
    .sort()
    .join(';');

/** The catalogue whose arms these are, and the severities of it that are left out. */
function catalogueOf(list: readonly BurnArm[], period: number): SpecAlerting | undefined {
  for (const windows of ['workbook', 'sloth', 'pyrra'] as const) {
    const all = armsOf({ windows, period: durationOf(period) });
    if (shown(all) === shown(list)) return { windows };
    for (const off of ['page', 'ticket'] as const) {
      if (shown(all.filter(({ severity }) => severity !== off)) === shown(list))
        return { windows, alerting: { [off]: false } };
    }
  }
  return undefined;
}

function windowsOf(list: readonly BurnArm[], period: number): SpecAlerting {
  return (
    catalogueOf(list, period) ?? {
      windows: list.map(({ severity, long, short, factor }) => ({
        severity,
        long: long.text,
        short: short.text,
        factor,
      })),
    }
  );
}

function conditionsOf(library: Library, policy: Item): readonly Item[] {
  return (policy.get('spec', 'conditions')?.items ?? []).flatMap((item) => {
    const reference = item.get('conditionRef');
    if (reference === undefined) return [item];
    return library.refer('AlertCondition', reference) ?? [];
  });
}

/** Reads the alert policies of an SLO. @param period seconds */
export function importAlerts(library: Library, slo: Item, period: number): SpecAlerting {
  const list = slo.get('spec', 'alertPolicies')?.items ?? [];
  const policies = list.flatMap((item) => {
    const reference = item.get('alertPolicyRef');
    if (reference === undefined) return [item];
    return library.refer('AlertPolicy', reference) ?? [];
  });
  const found: BurnArm[] = [];
  let tellsNoData = false;
  for (const policy of policies) {
    const spec = policy.get('spec');
    tellsNoData ||= spec?.get('alertWhenNoData')?.flag === true;
    const resolved = spec?.get('alertWhenResolved');
    if (resolved?.flag === true)
      library.note(
        'lost',
        resolved,
        'alertWhenResolved: Alertmanager tells of it where its receiver has send_resolved',
      );
    const breaching = spec?.get('alertWhenBreaching');
    if (breaching?.flag === false)
      library.note('lost', breaching, 'a condition that does not alert when it is breached');
    else found.push(...conditionsOf(library, policy).flatMap((condition) => armOf(library, condition) ?? []));
    const targets = spec?.get('notificationTargets')?.items ?? [];
    for (const target of targets) {
      const name = target.get('targetRef')?.text ?? target.get('metadata', 'name')?.text ?? '';
      if (name !== 'page' && name !== 'ticket')
        library.note('lost', target, `the target ${name}: Alertmanager routes by severity and owner`);
    }
  }
  const minEvents = slo.get('metadata', 'annotations', annotations.minEvents)?.text;
  const noData = slo.get('metadata', 'annotations', annotations.noData)?.text;
  const extra = {
    ...(minEvents !== undefined && /^[1-9][0-9]{0,5}$/.test(minEvents)
      ? { minEvents: Number(minEvents) }
      : {}),
    ...(tellsNoData && noData !== undefined && parseDuration(noData) !== undefined ? { noData } : {}),
    ...(tellsNoData ? {} : { noData: false }),
  };
  if (found.length === 0) {
    if (policies.length === 0)
      library.note(
        'assumed',
        slo,
        'it has no alert policy, and does not alert: remove `alerting` to get the usual alerts',
      );
    return { alerting: { page: false, ticket: false, ...(tellsNoData ? { noData: noData ?? '10m' } : {}) } };
  }
  const { windows, alerting } = windowsOf(found, period);
  const all = { ...alerting, ...extra };
  return { windows, ...(Object.keys(all).length === 0 ? {} : { alerting: all }) };
}
