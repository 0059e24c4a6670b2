import type { Model } from '../model/model.js';
import { sloLabels } from '../slo/names.js';
import { routedAlerts, type RoutedAlert } from './alerts.js';
import { isLouder, severities, type Severity } from './settings.js';

/** While a source fires, notifications of the targets are held back where the labels have the same values on both. */
export interface Inhibition {
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  /** Labels that source and target have, each of them. */
  readonly equal: readonly string[];
  /** The service of the sources, and of the targets, where the label need not agree and is known: names are not those of one service. */
  readonly sourceService?: string | undefined;
  readonly targetService?: string | undefined;
}

function severityOf({ severity }: RoutedAlert): Severity | undefined {
  return severities.find((each) => each === severity);
}

/** Whether an alert would be heard less than another one that it silences. */
export function isQuieter(source: RoutedAlert, target: RoutedAlert): boolean {
  const [own, other] = [severityOf(source), severityOf(target)];
  return own !== undefined && other !== undefined && isLouder(other, own);
}

/**
 * The alerts that an alert silences. `all` leaves out what is louder, because nobody would be told of it; security events, because who
 * brings a service down must not hide by it; and what says `all` itself or names this alert: two alerts that silence each other are never
 * heard.
 */
export function targetsOf(source: RoutedAlert, all: readonly RoutedAlert[]): readonly RoutedAlert[] {
  const inhibits = source.alert?.inhibits ?? [];
  if (inhibits !== 'all') return all.filter(({ name }) => inhibits.includes(name));
  return all.filter((target) => {
    const back = target.alert?.inhibits ?? [];
    const isSymptom = target.alert !== undefined || target.slo !== undefined;
    if (target.name === source.name || !isSymptom || isQuieter(source, target)) return false;
    return back !== 'all' && !back.includes(source.name);
  });
}

/** Labels that stand on every alert of a rule, or on none. */
const ofRules: ReadonlySet<string> = new Set(['severity', 'owner', sloLabels.slo]);

/**
 * The labels whose values have to agree: the service, where the same side sets it for both; and for alerts that are named, the labels that
 * tell groups apart and that both have, for a full queue says nothing about another queue. Alertmanager takes a label that both lack for
 * equal, and one that one side lacks for different, so that only what both have may stand here.
 */
function equalLabels(source: RoutedAlert, target: RoutedAlert): readonly string[] {
  const service = source.set.has('service') === target.set.has('service') ? ['service'] : [];
  if (source.alert?.inhibits === 'all') return service;
  const common = [...(source.carried?.labels ?? [])].filter(
    (label) => target.carried?.labels.has(label) === true && label !== 'service' && !ofRules.has(label),
  );
  const isScraped = source.carried?.closed === false && target.carried?.closed === false;
  return [...service, ...new Set([...common.sort(), ...(isScraped ? ['instance'] : [])])];
}

/** Inhibitions with the same labels as one: a name stands in it once. */
function byLabels<T>(
  items: readonly T[],
  labelsOf: (item: T) => readonly string[],
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = labelsOf(item).join(',');
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function labelsOfKey(key: string): readonly string[] {
  return key === '' ? [] : key.split(',');
}

/** The page of an objective silences its ticket, group by group: both tell of the same budget. */
function ofObjectives(all: readonly RoutedAlert[]): readonly Inhibition[] {
  const pairs = all.flatMap((page) => {
    if (page.slo === undefined || page.severity !== 'page') return [];
    // Of the two tickets of an objective, the one about missing data has no groups of events to burn.
    const ticket = all.find(
      ({ slo, severity, name }) =>
        slo === page.slo && severity === 'ticket' && name === page.name.replace(/Page$/, 'Ticket'),
    );
    if (ticket === undefined) return [];
    const groups = page.slo.by.map(({ wire }) => wire).filter((wire) => wire !== 'service');
    return [{ page: page.name, ticket: ticket.name, equal: ['service', sloLabels.slo, ...groups] }];
  });
  return [...byLabels(pairs, ({ equal }) => equal)].map(([key, group]) => ({
    sources: group.map(({ page }) => page),
    targets: group.map(({ ticket }) => ticket),
    equal: labelsOfKey(key),
  }));
}

/** Whose service has to agree, or else which it is on the side that says it. */
function labelled(
  { service }: Model,
  source: RoutedAlert,
  targets: readonly RoutedAlert[],
  equal: readonly string[],
): Pick<Inhibition, 'equal' | 'sourceService' | 'targetService'> {
  if (equal.includes('service')) return { equal };
  const isSet = targets.every(({ set }) => set.has('service'));
  return {
    equal,
    sourceService: source.set.has('service') ? service.name : undefined,
    targetService: isSet ? service.name : undefined,
  };
}

const known = new WeakMap<Model, readonly Inhibition[]>();

/** What silences what, in the order of the spec: objectives first, then what alerts say themselves. */
export function inhibitionsOf(model: Model): readonly Inhibition[] {
  const found = known.get(model);
  if (found !== undefined) return found;
  const made = inhibitionsIn(model);
  known.set(model, made);
  return made;
}

function inhibitionsIn(model: Model): readonly Inhibition[] {
  const all = routedAlerts(model);
  const own = all.flatMap((source) => {
    const groups = byLabels(targetsOf(source, all), (target) => equalLabels(source, target));
    return [...groups].map(([key, targets]) => ({
      sources: [source.name],
      targets: targets.map(({ name }) => name),
      ...labelled(model, source, targets, labelsOfKey(key)),
    }));
  });
  return [...ofObjectives(all), ...own];
}
