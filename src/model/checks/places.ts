import type { Range } from '../../diagnostics/diagnostic.js';
import { locate, locateKey, type Located } from '../../spec/located.js';
import type { Label, Metric, Origin } from '../model.js';
import type { CheckInput } from './rule.js';

/** The range of a key; of the nearest key above it where there is none, of the whole file in the end. */
export function keyRange({ loaded }: Pick<CheckInput, 'loaded'>, ...path: (string | number)[]): Range {
  for (let length = path.length; length > 0; length -= 1) {
    const key = locateKey(loaded.root, path.slice(0, length));
    if (key !== undefined) return key.range;
  }
  return loaded.root.range;
}

/** The item of a list of labels that names a label; the entry's key where the list does not name it. */
export function itemRange(origin: Origin, label: Label, ...path: (string | number)[]): Range {
  for (let index = 0; ; index += 1) {
    const text = origin.text(...path, index);
    if (text === undefined) return origin.key;
    // Inside a preset its labels are named without the preset.
    if (text.value === label.key || label.key.endsWith(`.${text.value}`)) return text.range;
  }
}

/** Where a metric names one of its labels. */
export function labelRange(metric: Metric, label: Label): Range {
  return itemRange(metric.origin, label, 'labels');
}

/** Which keys of an entry the schema stage replaced. */
export function isReplaced(
  { loaded }: Pick<CheckInput, 'loaded'>,
  pointer: string,
  ...keys: string[]
): boolean {
  const replaced = loaded.repaired.get(pointer);
  return replaced !== undefined && keys.some((key) => replaced.has(key));
}

/** Whether a value of the spec is what the author wrote, all of it: what the schema stage replaced differs. */
export function isAsWritten(value: unknown, located: Located | undefined): boolean {
  if (located === undefined) return value === undefined;
  if (located.kind === 'scalar') return value === located.value;
  if (typeof value !== 'object' || value === null) return false;
  if (located.kind === 'sequence') {
    return (
      Array.isArray(value) &&
      value.length === located.items.length &&
      located.items.every((item, index) => isAsWritten(value[index], item))
    );
  }
  const entries = Object.entries(value);
  return (
    entries.length === located.entries.size &&
    entries.every(([key, item]) => isAsWritten(item, located.entries.get(key)?.value))
  );
}

/** The same for a path from the root of the spec. */
export function isPathAsWritten({ loaded, spec }: CheckInput, ...path: (string | number)[]): boolean {
  let value: unknown = spec;
  for (const step of path) value = (value as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  return isAsWritten(value, locate(loaded.root, path));
}
