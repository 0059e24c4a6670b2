import { diagnostic } from '../../diagnostics/create.js';
import type { Model, Origin } from '../model.js';
import { impossibleDay } from './deprecation.js';
import type { Rule } from './rule.js';

/** An entry that says until when it is wanted. */
export interface Expiring {
  /** `metric`, `alert`, `dashboard`, `log event`. */
  readonly kind: 'metric' | 'alert' | 'dashboard' | 'log event';
  readonly name: string;
  readonly expires: string;
  readonly owner: string | undefined;
  readonly origin: Origin;
  readonly isReplaced: boolean;
}

/** Every entry with `expires`, in the order of the spec's sections. */
export function expiringEntries({ metrics, alerts, dashboards, logs, service }: Model): readonly Expiring[] {
  type Entry = Pick<Expiring, 'name' | 'origin'> & {
    readonly expires?: string | undefined;
    readonly owner?: string | undefined;
    readonly repaired?: ReadonlySet<string>;
  };
  const of = (kind: Expiring['kind'], entries: Iterable<Entry>): readonly Expiring[] =>
    [...entries].flatMap(({ name, expires, origin, owner = service.owner, repaired }) =>
      expires === undefined
        ? []
        : [{ kind, name, expires, owner, origin, isReplaced: repaired?.has('expires') === true }],
    );
  return [
    ...of('metric', metrics.values()),
    ...of('alert', alerts.values()),
    ...of('dashboard', dashboards.values()),
    ...of('log event', logs.events.values()),
  ];
}

/** OBS3701: what was wanted until a day that has come. */
export const expiries: Rule = function* ({ model, today }) {
  for (const { kind, name, expires, owner, origin, isReplaced } of expiringEntries(model)) {
    if (origin.preset !== undefined || isReplaced) continue;
    const range = origin.of('expires');
    const impossible = impossibleDay(expires, range);
    if (impossible !== undefined) yield impossible;
    else if (expires <= today)
      yield diagnostic('OBS3701', {
        message: `the ${kind} \`${name}\` was wanted until ${expires}`,
        range,
        help: `${owner === undefined ? 'decide' : `let ${owner} decide`}: remove it, or move the day`,
      });
  }
};
