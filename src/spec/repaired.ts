import type { Path } from './located.js';

/** Collects which keys of which entries were replaced, in the form of `LoadedSpec.repaired`. */
export interface RepairLog {
  /** Notes that what stands at a path is not what the user wrote. */
  note(path: Path): void;
  readonly entries: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * A new log. A path is noted at each level above the third, so that `metrics.x_total.type` is found as key `x_total` of `/metrics` only
 * where the whole entry was replaced, and as key `type` of `/metrics/x_total` otherwise; sections such as `target` are entries as well.
 */
export function repairLog(): RepairLog {
  const entries = new Map<string, Set<string>>();
  const add = (entry: string, key: string): void => {
    const keys = entries.get(entry);
    if (keys === undefined) entries.set(entry, new Set([key]));
    else keys.add(key);
  };
  return {
    entries,
    note(path) {
      const [section, name, key] = path.map(String);
      if (section === undefined) return;
      if (name === undefined) add('', section);
      else if (key === undefined) add(`/${section}`, name);
      else {
        add(`/${section}/${name}`, key);
        if (fixedSections.has(section)) add(`/${section}`, name);
      }
    },
  };
}

/** Sections with keys of the language, not with entries that the user names. */
const fixedSections: ReadonlySet<string> = new Set([
  'service',
  'target',
  'budgets',
  'logs',
  'correlation',
  'errors',
  'security',
  'cost',
  'gpu',
  'instrument',
  'traces',
  'stack',
]);
