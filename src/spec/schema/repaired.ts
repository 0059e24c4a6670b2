import type { Path } from '../located.js';

/** Collects which keys of which entries were replaced, in the form of `LoadedSpec.repaired`. */
export interface RepairLog {
  /** Notes that what stands at a path is not what the user wrote. */
  note(path: Path): void;
  readonly entries: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * A new log. In sections whose entries the user names, `metrics.x_total.type` is key `type` of `/metrics/x_total`; key `x_total` of
 * `/metrics` stands there only where the whole entry was replaced. In sections with keys of the language each level is an entry:
 * `logs.events.a.level` is noted for `/logs`, `/logs/events` and `/logs/events/a`.
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
      const steps = path.map(String);
      const [section = '', ...below] = steps;
      if (below.length === 0) {
        if (section !== '') add('', section);
      } else if (below.length === 1) add(`/${section}`, below[0] ?? '');
      else if (fixedSections.has(section)) {
        for (let length = 1; length < steps.length; length += 1)
          add(`/${steps.slice(0, length).join('/')}`, steps[length] ?? '');
      } else add(`/${section}/${below[0] ?? ''}`, below[1] ?? '');
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
