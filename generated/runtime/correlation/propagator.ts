// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { propagation } from '@opentelemetry/api';
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { allowedBaggage, formatBaggage, noBaggage, parseBaggage } from './baggage.js';
import type { Baggage } from './baggage.js';
import type { Definition } from './definition.js';
import { targetOf } from './hosts.js';
import type { HostTarget } from './hosts.js';
import { currentScope } from './scope.js';

const header = 'baggage';

/**
 * Stands in the place of OpenTelemetry's own propagator of baggage, which gives it to every host that an instrumentation calls. This one
 * reads the keys of the spec, and writes them only where the headers it is handed name a host that is allowed; to the others, the hooks of
 * the correlation add what is due.
 */
export function guardedBaggagePropagator(definition: Definition): TextMapPropagator {
  return {
    inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
      const target = targetIn(carrier);
      if (target === undefined || !definition.allows(target)) return;
      const text = formatBaggage(
        { ...baggageIn(context, definition), ...currentScope()?.baggage },
        definition.baggage,
      );
      if (text !== '') setter.set(carrier, header, text);
    },
    extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
      const value = getter.get(carrier, header);
      const found = parseBaggage(Array.isArray(value) ? value.join(',') : value, definition.baggage);
      if (found === noBaggage) return context;
      const entries = Object.entries(found).map(([key, text]) => [key, { value: text }] as const);
      return propagation.setBaggage(context, propagation.createBaggage(Object.fromEntries(entries)));
    },
    fields: () => [header],
  };
}

function baggageIn(context: Context, definition: Definition): Baggage {
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return allowedBaggage(
    Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    definition.baggage,
  );
}

/** The host in the headers that an instrumentation fills; most of them do not have it yet. */
function targetIn(carrier: unknown): HostTarget | undefined {
  if (typeof carrier !== 'object' || carrier === null) return undefined;
  for (const [name, value] of Object.entries(carrier)) {
    if (name.toLowerCase() === 'host' && typeof value === 'string') return targetOf(`http://${value}`);
  }
  return undefined;
}
