// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { trace } from '@opentelemetry/api';

/** The global provider is a proxy until version 2 of the API; by its shape, since its class goes away. */
interface PossibleProxy {
  readonly getDelegate?: () => object;
  readonly getDelegateTracer?: (name: string) => unknown;
}

function globalProvider(): PossibleProxy {
  return trace.getTracerProvider() as PossibleProxy;
}

/** Whether somebody has registered a tracer provider. */
export function hasTracerProvider(): boolean {
  const { getDelegateTracer } = globalProvider();
  return (
    getDelegateTracer === undefined ||
    getDelegateTracer.call(trace.getTracerProvider(), 'obs-gen') !== undefined
  );
}

/** Has the registered tracer provider send what it holds. May take long and reject. */
export async function flushProvider(): Promise<void> {
  const { getDelegate } = globalProvider();
  const provider = trace.getTracerProvider();
  const delegate = getDelegate === undefined ? provider : getDelegate.call(provider);
  const { forceFlush } = delegate as { readonly forceFlush?: () => Promise<void> };
  if (forceFlush !== undefined) await forceFlush.call(delegate);
}
