import type { Model } from '../../model/model.js';
import { breaks, keeps, type ChangeKind, type Consequence, type Draft } from './change.js';
import type { Sides } from './context.js';
import { canonical, shown } from './values.js';

/** A setting as its path and value. Lists are one value: what stands where in them is of no interest to a reader. */
type Leaves = ReadonlyMap<string, unknown>;

function collect(value: unknown, path: string, leaves: Map<string, unknown>): void {
  const entries = entriesOf(value);
  if (entries === undefined) {
    if (value !== undefined)
      leaves.set(path, value instanceof Set ? [...(value as Set<unknown>)].sort() : value);
    return;
  }
  for (const [key, item] of entries) collect(item, path === '' ? key : `${path}.${key}`, leaves);
}

/** What stands below a value; undefined for what is one value: a text, a list, a length of time. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Set)
    return undefined;
  return 'seconds' in value && 'text' in value ? undefined : Object.entries(value);
}

function leavesOf(value: unknown, path: string): Leaves {
  const leaves = new Map<string, unknown>();
  collect(value, path, leaves);
  return leaves;
}

/** Lengths of time are told apart by how long they last. */
function key(value: unknown): string {
  const time = value as { readonly seconds?: unknown } | null | undefined;
  return canonical(typeof time === 'object' && time?.seconds !== undefined ? time.seconds : (value ?? null));
}

function words(value: unknown): string | undefined {
  const time = value as { readonly text?: unknown } | null | undefined;
  return typeof time === 'object' && typeof time?.text === 'string' ? time.text : shown(value);
}

type Judge = (kind: ChangeKind, before: unknown, after: unknown) => readonly Consequence[];

const always =
  (...consequences: readonly Consequence[]): Judge =>
  () =>
    consequences;

/** What comes is safe, what goes or changes breaks. */
const unlessAdded =
  (come: Consequence, ...gone: readonly Consequence[]): Judge =>
  (kind) =>
    kind === 'added' ? [come] : gone;

/** A setting by its path, and what a change of it does. The first that fits counts; one that none fits concerns obs-gen alone. */
const judges: readonly (readonly [RegExp, Judge])[] = [
  [
    /^service\.(?:name|namespace)$/,
    always(
      breaks('SERIES', 'what rules record, and the resource of traces and logs, carries another name'),
      breaks('QUERY', 'queries by the name of the service find nothing new'),
      breaks('ALERT', 'routes and silences by the name of the service no longer match'),
    ),
  ],
  [
    /^service\.selector\./,
    always(
      breaks('QUERY', 'rules and dashboards read the series of other labels'),
      breaks('ALERT', 'alerts watch the series of other labels'),
    ),
  ],
  [/^service\.runbooks$/, always(keeps('ALERT', 'alerts link to runbooks elsewhere'))],
  [/^service\.owner$/, always()],
  [
    /^target\.typescript\.runtime$/,
    always(
      breaks(
        'CODE',
        'the runtime is imported from elsewhere',
        'install obs-gen beside the service, or take the dependency out',
      ),
    ),
  ],
  [
    /^target\.typescript\.imports$/,
    always(
      breaks(
        'CODE',
        'relative imports of the output end otherwise: the compiler of the service has to take them',
      ),
    ),
  ],
  [
    /^target\.conventions\.genai$/,
    always(
      breaks('SERIES', 'attributes of the GenAI conventions have other names'),
      breaks('QUERY', 'searches for the old names of attributes find nothing'),
    ),
  ],
  [
    /^target\.prometheus\.evaluationInterval$/,
    always(keeps('ALERT', 'alerts are evaluated at another pace')),
  ],
  [
    /^target\.prometheus\.(?:dialect|version)$/,
    always(keeps('ALERT', 'rules are written for another server')),
  ],
  [
    /^target\.prometheus\./,
    always(keeps('QUERY', 'samples are taken at another pace, or kept for another time')),
  ],
  [
    /^target\.grafana\.alerts$/,
    (_kind, _before, after) => [
      after === true
        ? keeps('ALERT', 'Grafana evaluates the alerts as well')
        : breaks('ALERT', 'Grafana no longer evaluates the alerts'),
    ],
  ],
  [
    /^target\.grafana\.(?:datasources|urls|dashboardsPath)/,
    always(
      breaks('QUERY', 'dashboards read from elsewhere', 'provision the data source before the dashboards'),
    ),
  ],
  [/^target\.grafana\./, always(keeps('QUERY', 'dashboards stand elsewhere, or are others'))],
  [
    /^health\./,
    unlessAdded(
      keeps('CODE', 'the component can be checked'),
      breaks('CODE', 'the check of the component has another shape'),
    ),
  ],
  [/^correlation\.propagateTo$/, always(keeps('QUERY', 'other hosts get the correlation id'))],
  [
    /^correlation\./,
    unlessAdded(
      keeps('CODE', 'the id is read from more places'),
      breaks('QUERY', 'ids that others send under the old name are not taken up'),
    ),
  ],
  [
    /^errors\./,
    unlessAdded(
      keeps('CODE', 'errors are reported'),
      breaks('CODE', 'errors are reported in another way: the variable or the share is another'),
    ),
  ],
  [
    /^security\.events\.(?:.+)\.fields\./,
    always(
      breaks('CODE', 'the helper of the event takes other fields'),
      breaks('QUERY', 'searches of logs for the old field find nothing'),
    ),
  ],
  [/^security\.events\.(?:.+)\.alert\./, judgeSecurityAlert],
  [/^security\.events\.(?:.+)\.severity$/, always(breaks('ALERT', 'the event has another severity'))],
  [/^security\.events\.(?:.+)\.description$/, always()],
  [
    /^security\./,
    unlessAdded(
      keeps('QUERY', 'more is known of events'),
      breaks('QUERY', 'less is known of events, or it stands elsewhere'),
    ),
  ],
  [
    /^cost\.currency$/,
    always(
      breaks('QUERY', 'sums of money are in another currency under the same name'),
      breaks('ALERT', 'limits of money mean another currency'),
    ),
  ],
  [/^cost\./, always(keeps('QUERY', 'prices are read from elsewhere'))],
  [
    /^gpu\./,
    unlessAdded(
      keeps('SERIES', 'more series of GPUs are exposed'),
      breaks('SERIES', 'series of GPUs come from elsewhere, or vanish'),
    ),
  ],
  [/^traces\./, always(keeps('QUERY', 'another share of traces is kept'))],
  [
    /^stack\.alertmanager\./,
    unlessAdded(
      keeps('ALERT', 'somebody else is told as well'),
      breaks('ALERT', 'alerts go to somebody else, or to nobody'),
    ),
  ],
  [/^stack\.service\./, always(keeps('SERIES', 'the service is scraped at another address'))],
  [/^stack\./, always(keeps('QUERY', 'the stack is set up otherwise'))],
  [/^external\./, always(keeps('QUERY', 'what is believed of metrics of others changes'))],
];

function judgeSecurityAlert(kind: ChangeKind, before: unknown, after: unknown): readonly Consequence[] {
  if (kind === 'added') return [keeps('ALERT', 'the event alerts')];
  if (kind === 'removed') return [breaks('ALERT', 'the event no longer alerts, or not as it did')];
  const isLower = typeof before === 'number' && typeof after === 'number' && after < before;
  return [
    isLower
      ? keeps('ALERT', 'fewer events make it fire')
      : breaks('ALERT', 'it fires on another number of events'),
  ];
}

/** A whole event of security or component of health is one change, not one for each of its keys. */
const entries = /^(?:(?:security\.events|health|external|traffic)\.)/;

/** Without the place where it stands, which is no setting. */
function placeless(entry: { readonly origin: unknown }): object {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'origin'));
}

function settingsOf({ service, target, budgets, external, sections }: Model): Leaves {
  return new Map([
    ...leavesOf(placeless(service), 'service'),
    ...leavesOf(target, 'target'),
    ...leavesOf(placeless(budgets), 'budgets'),
    ...leavesOf(new Map([...external].map(([name, entry]) => [name, placeless(entry)])), 'external'),
    ...leavesOf(sections, ''),
  ]);
}

function entryOf(path: string, keys: readonly string[]): string {
  if (!entries.test(path)) return path;
  return keys.find((name) => path === name || path.startsWith(`${name}.`)) ?? path;
}

/** The names of the entries of sections that hold several, as their paths. */
function entryPaths({ external, sections }: Model): readonly string[] {
  const { security, health, traffic } = sections;
  return [
    ...Object.keys(security?.events ?? {}).map((name) => `security.events.${name}`),
    ...Object.keys(health ?? {}).map((name) => `health.${name}`),
    ...Object.keys(traffic ?? {}).map((name) => `traffic.${name}`),
    ...[...external.keys()].map((name) => `external.${name}`),
  ];
}

function wholeEntry(kind: 'added' | 'removed', at: string): readonly Consequence[] {
  if (at.startsWith('security.events.'))
    return kind === 'added'
      ? [keeps('CODE', 'the event can be told')]
      : [
          breaks('CODE', 'the helper of the event is no longer there'),
          breaks('QUERY', 'searches of logs for the event find nothing new'),
          breaks('ALERT', 'an alert on the event is no longer there'),
        ];
  const path = `${at}.x`;
  return judges.find(([pattern]) => pattern.test(path))?.[1](kind, undefined, undefined) ?? [];
}

/** Everything that differs between the settings of two specs: all sections that do not declare telemetry themselves. */
export function diffSettings(sides: Sides): Draft[] {
  const [before, after] = [settingsOf(sides.old.model), settingsOf(sides.new.model)];
  const [was, is] = [entryPaths(sides.old.model), entryPaths(sides.new.model)];
  const drafts: Draft[] = [];
  for (const at of was.filter((path) => !is.includes(path)))
    drafts.push({ at, kind: 'removed', consequences: wholeEntry('removed', at) });
  for (const at of is.filter((path) => !was.includes(path)))
    drafts.push({ at, kind: 'added', consequences: wholeEntry('added', at) });
  const whole = new Set(drafts.map(({ at }) => at));
  const all = [...was, ...is];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (whole.has(entryOf(path, all))) continue;
    const [old, now] = [before.get(path), after.get(path)];
    if (key(old) === key(now)) continue;
    const kind: ChangeKind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    const judge = judges.find(([pattern]) => pattern.test(path))?.[1];
    drafts.push({
      at: path,
      kind,
      before: words(old),
      after: words(now),
      consequences: judge?.(kind, old, now) ?? [],
    });
  }
  return drafts;
}
