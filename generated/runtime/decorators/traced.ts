// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AnyFunction } from '../instrument/function-kind.js';
import type { AnyRecorded, Recorded, ValuePath } from '../instrument/observed.js';
import { Site } from '../instrument/site.js';
import { isPath } from '../instrument/value-paths.js';
import type { Values } from '../instrument/value-paths.js';
import { wrap } from '../instrument/wrap.js';
import type { SpanHelper } from '../traces/span.js';
import { kindOf, methodDecorator } from './method-decorator.js';
import type { MethodDecorator } from './method-decorator.js';

/** Attributes of a span: the same for each call, or worked out from its arguments. */
export type AttributesOf<A> = A | ((...args: never[]) => A);

/** Attributes of which some are read at each call: texts that are paths (`args.0.agent`, `this.name`, `result.usage.inputTokens`). */
export type AttributePaths<A> = { readonly [K in keyof A]?: A[K] | ValuePath };

/**
 * Runs each call in a span: `@traced(spans.search, (query: string) => ({ query }))`, or with paths: `@traced(spans.search, { query: 'args.0' })`.
 * A generator's span lasts to its last value.
 */
export function traced<A, O extends string>(
  helper: SpanHelper<A, O>,
  attributes?: AttributesOf<A> | AttributePaths<NoInfer<A>>,
): MethodDecorator;
/** Records each call, by more than a span or without one: `@traced({ count: [metrics.searchesTotal, { kind: 'args.0.kind' }] })`. */
export function traced<A, O extends string, C, T, F>(
  recorded: Recorded<A, O, C, T, F>,
  attributes?: AttributePaths<NoInfer<A>>,
): MethodDecorator;
export function traced(observed: object, attributes: object | (() => object) = {}): MethodDecorator {
  if (typeof observed !== 'function') return tracedByPaths(observed, attributes as Values);
  const values = Object.values(attributes as Values);
  if (typeof attributes !== 'function' && (values.length === 0 || values.some(isPath)))
    return tracedByPaths({ span: observed }, attributes as Values);
  return tracedByValues(observed as SpanHelper<object, string>, attributes);
}

function tracedByPaths(recorded: AnyRecorded, attributes: Values): MethodDecorator {
  const entries = Object.entries(attributes);
  const paths = Object.fromEntries(entries.filter((entry): entry is [string, string] => isPath(entry[1])));
  const constants = Object.fromEntries(entries.filter(([, value]) => !isPath(value)));
  const site = new Site(recorded, paths, constants);
  return methodDecorator((method) => wrap(method as unknown as AnyFunction, site, undefined));
}

function tracedByValues<A, O extends string>(
  helper: SpanHelper<A, O>,
  attributes: AttributesOf<A>,
): MethodDecorator {
  return methodDecorator((method) => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
    const { decorated } = {
      // A method, as what it stands for: `new` cannot be used on it.
      decorated(this: unknown, ...args: readonly unknown[]): unknown {
        const given = attributesOf(attributes, this, args);
        const call = (): unknown => Reflect.apply(method, this, args);
        const kind = kindOf(method);
        // Generators are made at once, as they are without the decorator: only their steps wait.
        if (kind === 'generator') {
          const inner = call() as Generator;
          return helper.generator(given, () => inner);
        }
        if (kind === 'async generator') {
          const inner = call() as AsyncGenerator;
          return helper.asyncGenerator(given, () => inner);
        }
        return helper(given, call);
      },
    };
    return decorated;
  });
}

/** Attributes that cannot be worked out are left out: the call matters more. */
function attributesOf<A>(attributes: AttributesOf<A>, self: unknown, args: readonly unknown[]): A {
  if (typeof attributes !== 'function') return attributes;
  try {
    return Reflect.apply(attributes as () => unknown, self, args) as A;
  } catch {
    return {} as A;
  }
}
