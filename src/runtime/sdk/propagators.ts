import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { addNote } from '../notes.js';
import { hasOwn } from '../own-property.js';
import { namesIn } from './exporters.js';
import { exported } from './packages.js';
import type { Packages } from './packages.js';

/** Where propagators are found, by their name in OTEL_PROPAGATORS. */
const sources: Readonly<Record<string, readonly [packageName: string, className: string, options?: object]>> =
  {
    tracecontext: ['@opentelemetry/core', 'W3CTraceContextPropagator'],
    baggage: ['@opentelemetry/core', 'W3CBaggagePropagator'],
    b3: ['@opentelemetry/propagator-b3', 'B3Propagator'],
    // 1 is MULTI_HEADER of the package.
    b3multi: ['@opentelemetry/propagator-b3', 'B3Propagator', { injectEncoding: 1 }],
    jaeger: ['@opentelemetry/propagator-jaeger', 'JaegerPropagator'],
  };

/** The packages that the propagators of OTEL_PROPAGATORS come from. */
export function propagatorPackages(): readonly string[] {
  return wanted().flatMap((name) => sources[name]?.[0] ?? []);
}

/** The propagators of OTEL_PROPAGATORS, which are those of the W3C where it is not set. */
export function standardPropagators(packages: Packages): readonly TextMapPropagator[] {
  return wanted().flatMap((name) => {
    const [packageName, className, options] = (hasOwn(sources, name) ? sources[name] : undefined) ?? [];
    if (packageName === undefined || className === undefined) {
      addNote('propagators', `OTEL_PROPAGATORS: there is no propagator "${name}"`);
      return [];
    }
    const made = exported(packages.load(packageName), className) as
      (new (options?: object) => TextMapPropagator) | undefined;
    if (made !== undefined) return [new made(options)];
    addNote(
      'propagators',
      `OTEL_PROPAGATORS=${name} needs a package that is not installed: npm install ${packageName}`,
    );
    return [];
  });
}

function wanted(): readonly string[] {
  const names = namesIn('OTEL_PROPAGATORS');
  if (names.includes('none')) return [];
  return names.length === 0 ? ['tracecontext', 'baggage'] : names;
}

/** One propagator of several, in their order. */
export function compositePropagator(parts: readonly TextMapPropagator[]): TextMapPropagator {
  return {
    inject<C>(context: Context, carrier: C, setter: TextMapSetter<C>) {
      for (const part of parts) part.inject(context, carrier, setter);
    },
    extract<C>(context: Context, carrier: C, getter: TextMapGetter<C>) {
      return parts.reduce((found, part) => part.extract(found, carrier, getter), context);
    },
    fields: () => [...new Set(parts.flatMap((part) => part.fields()))],
  };
}
