import type { Model, Origin } from '../../model/model.js';
import type { Change } from './change.js';

/** A preset that one of two specs has and the other has not. */
export interface PresetChange {
  readonly name: string;
  readonly kind: 'added' | 'removed';
}

interface Named {
  readonly origin: Origin;
}

/** The entries of a model by their places, as changes name them. */
function* entriesOf(model: Model): Generator<readonly [at: string, entry: Named]> {
  const sections: readonly (readonly [string, ReadonlyMap<string, Named>])[] = [
    ['external', model.external],
    ['labels', model.labels],
    ['metrics', model.metrics],
    ['spans', model.spans],
    ['logs.events', model.logs.events],
    ['slis', model.slis],
    ['slos', model.slos],
    ['alerts', model.alerts],
    ['dashboards', model.dashboards],
  ];
  for (const [section, entries] of sections)
    for (const [name, entry] of entries) yield [`${section}.${name}`, entry];
}

/** The preset that an entry stands in; undefined for one of the user's own. */
function presetOf({ origin }: Named): string | undefined {
  return /^obs-gen:presets\/(.+)\.ya?ml$/.exec(origin.key.source.path)?.[1];
}

/** Entries by the preset that they come from. */
function byPreset(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [at, entry] of entriesOf(model)) {
    const preset = presetOf(entry);
    if (preset === undefined) continue;
    const entries = found.get(preset);
    if (entries === undefined) found.set(preset, new Set([at]));
    else entries.add(at);
  }
  return found;
}

/**
 * Which presets came or went as a whole, by the entries that came or went with them. An entry that the user's spec takes over stays, and is
 * a change of its own where something of it differs.
 */
export function presetChanges(old: Model, now: Model): ReadonlyMap<string, PresetChange> {
  const [before, after] = [byPreset(old), byPreset(now)];
  const places = new Map<string, PresetChange>();
  const note = (entries: ReadonlySet<string>, change: PresetChange): void => {
    for (const at of entries) places.set(at, change);
  };
  for (const [name, entries] of before) if (!after.has(name)) note(entries, { name, kind: 'removed' });
  for (const [name, entries] of after) if (!before.has(name)) note(entries, { name, kind: 'added' });
  return places;
}

/** Changes of a preset that came or went, which are one to whoever reads them. */
export interface PresetGroup extends PresetChange {
  readonly changes: readonly Change[];
}

/** Changes one by one, and those of a preset together, each group where its first change stands. */
export function withPresetGroups(changes: readonly Change[]): readonly (Change | PresetGroup)[] {
  const groups = new Map<string, Change[]>();
  const items: (Change | PresetGroup)[] = [];
  for (const change of changes) {
    const { preset } = change;
    if (preset === undefined) {
      items.push(change);
      continue;
    }
    const known = groups.get(preset.name);
    if (known !== undefined) {
      known.push(change);
      continue;
    }
    const own = [change];
    groups.set(preset.name, own);
    items.push({ ...preset, changes: own });
  }
  return items;
}

/** What the sections' entries are called, one and several. */
const words: readonly (readonly [prefix: string, one: string])[] = [
  ['metrics.', 'metric'],
  ['labels.', 'label'],
  ['spans.', 'span'],
  ['logs.events.', 'log event'],
  ['slis.', 'indicator'],
  ['slos.', 'objective'],
  ['alerts.', 'alert'],
  ['dashboards.', 'dashboard'],
  ['external.', 'metric of others'],
];

/** `12 metrics, 4 labels and 1 dashboard`: the members of a preset. */
export function membersOf({ changes }: PresetGroup): readonly string[] {
  return words.flatMap(([prefix, one]) => {
    const count = changes.filter(({ at }) => at.startsWith(prefix)).length;
    if (count === 0) return [];
    const many = one === 'metric of others' ? 'metrics of others' : `${one}s`;
    return [`${count} ${count === 1 ? one : many}`];
  });
}
