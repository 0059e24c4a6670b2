// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** A method of any class. */
export type AnyMethod = (this: never, ...args: never[]) => unknown;

/** What TypeScript 5 and the language hand to a decorator beside the method. */
interface StandardContext {
  readonly kind: string;
  readonly name: string | symbol;
}

/**
 * A decorator of methods: as the language has them, and as TypeScript's `experimentalDecorators` do. Sync, async, generator and async
 * generator methods, static and private ones keep `this`, arguments, results, errors, name and length; on anything that is no method it
 * does nothing.
 */
export interface MethodDecorator {
  <T>(method: T, context: StandardContext): T | undefined;
  (target: object, name: string | symbol, descriptor?: object): void;
}

/** Puts another method in a method's place. */
export type WrapMethod = (method: AnyMethod) => AnyMethod;

/** Makes the decorator of both kinds. */
export function methodDecorator(wrap: WrapMethod): MethodDecorator {
  const decorate = (first: unknown, second: unknown, descriptor: unknown): unknown => {
    if (isContext(second)) {
      return second.kind === 'method' && typeof first === 'function'
        ? wrapped(wrap, first as AnyMethod)
        : undefined;
    }
    decorateDescriptor(wrap, descriptor);
    return undefined;
  };
  return decorate as MethodDecorator;
}

/** Legacy decorators change the descriptor that is defined after them. */
function decorateDescriptor(wrap: WrapMethod, descriptor: unknown): void {
  if (typeof descriptor !== 'object' || descriptor === null) return;
  const found = descriptor as { value?: unknown };
  if (typeof found.value === 'function') found.value = wrapped(wrap, found.value as AnyMethod);
}

/** What a method returns, as the language tells it of functions; decorators below hide it behind functions of theirs. */
type MethodKind = 'plain' | 'generator' | 'async generator';

const kinds = new WeakMap<AnyMethod, MethodKind>();

/** Whether a method is a generator, whatever decorators it has. */
export function kindOf(method: AnyMethod): MethodKind {
  const known = kinds.get(method);
  if (known !== undefined) return known;
  const tag = Object.prototype.toString.call(method);
  if (tag === '[object GeneratorFunction]') return 'generator';
  return tag === '[object AsyncGeneratorFunction]' ? 'async generator' : 'plain';
}

function wrapped(wrap: WrapMethod, method: AnyMethod): AnyMethod {
  const made = wrap(method);
  kinds.set(made, kindOf(method));
  for (const key of ['name', 'length'] as const) {
    Object.defineProperty(made, key, { value: method[key], configurable: true });
  }
  return made;
}

function isContext(value: unknown): value is StandardContext {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}
