import type { Stack } from '../../../../src/model/stack.js';
import type { Model } from '../../../../src/model/model.js';
import { modelOf } from '../../../support/model.js';

/** A model with a stack, and the stack. */
export interface Given {
  readonly model: Model;
  readonly stack: Stack;
}

/**
 * A service with spans of each sensitivity.
 * @param stack what stands below `stack`, in flow style
 */
export function given(stack = '{}', more = ''): Given {
  const model = modelOf(`version: 1
service: { name: shop, runbooks: https://runbooks.example.com/shop }
presets: [agent]
labels:
  channel: { description: Where it was ordered., values: [web, app] }
  place: { description: Where from., cap: 5 }
metrics:
  orders_total: { type: counter, help: Orders., labels: [channel, place] }
spans:
  shop.order:
    kind: internal
    description: An order.
    attributes:
      channel: { label: channel }
      place: { label: place }
      card: { type: string, as: shop.card, sensitivity: secret }
      address: { type: string, as: shop.address, sensitivity: pii }
      note: { type: string, sensitivity: content }
    record: { count: orders_total }
${more}
stack: ${stack}
`);
  if (model.stack === undefined) throw new Error('the spec has no stack');
  return { model, stack: model.stack };
}

/** A part of a configuration by its path; undefined where there is none. */
export function part(config: object, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], config);
}

/** Every pipeline of a configuration. */
export function pipelines(config: object): Readonly<Record<string, Pipeline>> {
  return part(config, 'service', 'pipelines') as Record<string, Pipeline>;
}

export interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}
