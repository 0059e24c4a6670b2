import type { Metric } from '../../model/model.js';
import type { Definition } from './definitions.js';
import type { Obstacle } from './left-alone.js';

/** How far two bounds may be apart, as a part of the larger: what repeated addition in doubles leaves behind. */
const dust = 1e-9;

/** In what a definition is not what the spec says of its metric; undefined: it is the same. */
export function differenceFrom(metric: Metric, definition: Definition): Obstacle | undefined {
  const { type, labelNames, buckets, aggregator } = definition;
  if (definition.obstacle !== undefined) return definition.obstacle;
  const mend = (key: string): string =>
    `make metrics.${metric.name}.${key} of the spec and the definition the same`;
  if (type !== metric.type)
    return { reason: `it is a ${type}, and a ${metric.type} in the spec`, help: mend('type') };
  if (labelNames === undefined)
    return { reason: 'its label names are made at run time', help: 'write the names of its labels out' };
  const wire = metric.labels.map((label) => label.wire);
  if (!isSameSet(wire, labelNames))
    return {
      reason: `its labels are ${listed(labelNames)}, and ${listed(wire)} in the spec`,
      help: mend('labels'),
    };
  if (buckets === undefined)
    return { reason: 'its buckets are made at run time', help: 'write the bounds of its buckets out' };
  const isSame = (bound: number, index: number): boolean => {
    const other = metric.buckets[index] ?? NaN;
    return Math.abs(bound - other) <= dust * Math.max(Math.abs(bound), Math.abs(other));
  };
  if (buckets.length !== metric.buckets.length || !buckets.every(isSame))
    return {
      reason: `its buckets are ${shortened(buckets)}, and ${shortened(metric.buckets)} in the spec`,
      help: mend('buckets'),
    };
  if (aggregator !== metric.aggregate)
    return {
      reason: `its aggregator is ${aggregator ?? 'made at run time'}, and ${metric.aggregate} in the spec`,
      help: mend('aggregate'),
    };
  return undefined;
}

function isSameSet(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === given.length && wanted.every((each) => given.includes(each));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}

function shortened(bounds: readonly number[]): string {
  const shown = bounds.length > 12 ? [...bounds.slice(0, 12), '…'] : bounds;
  return `[${shown.join(', ')}]`;
}
