import type { SpanHelper } from '../traces/span.js';
import { kindOf, methodDecorator } from './method-decorator.js';
import type { MethodDecorator } from './method-decorator.js';

/** Attributes of a span: the same for each call, or worked out from its arguments. */
export type AttributesOf<A> = A | ((...args: never[]) => A);

/** Runs each call in a span: `@traced(spans.search, (query: string) => ({ query }))`. A generator's span lasts to its last value. */
export function traced<A, O extends string>(
  helper: SpanHelper<A, O>,
  attributes: AttributesOf<A>,
): MethodDecorator {
  return methodDecorator(
    (method) =>
      function (this: unknown, ...args: readonly unknown[]): unknown {
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
  );
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
