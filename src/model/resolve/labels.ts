import type { Spec } from '../../spec/spec.js';
import type { Label, LabelBound } from '../model.js';
import { entriesAt, frozenRepairs, type Context } from './context.js';

type SpecLabel = NonNullable<Spec['labels']>[string];

/** What a label without any bound is taken for, so that everything else about it can still be checked. */
const placeholderCap = 1;

function boundOf(label: SpecLabel): LabelBound | undefined {
  if (label.values !== undefined) return { kind: 'closed', values: Object.freeze([...label.values]) };
  if (label.cap === undefined) return undefined;
  return { kind: label.registered === true ? 'registered' : 'open', cap: label.cap };
}

/** A preset's label is called `preset.label`; on the wire the preset's name is left out. */
function wireName(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

/** `labels`: a label without a bound gets one of 1 and counts as repaired; the check of bounds reports it. */
export function resolveLabels(context: Context): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  for (const { name, value, origin, repaired } of entriesAt(context, ['labels'], context.spec.labels)) {
    const bound = boundOf(value);
    if (bound === undefined) repaired.add('cap');
    labels.set(
      name,
      Object.freeze({
        key: name,
        wire: value.as ?? wireName(name),
        description: value.description,
        bound: Object.freeze(bound ?? { kind: 'open', cap: placeholderCap }),
        origin,
        repaired: frozenRepairs(repaired),
      }),
    );
  }
  return labels;
}
