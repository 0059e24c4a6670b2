import { NodeSDK } from '@opentelemetry/sdk-node';

type SpanProcessor = NonNullable<
  NonNullable<NonNullable<ConstructorParameters<typeof NodeSDK>[0]>['spanProcessors']>[number]
>;
/** A span as the SDK hands it to exporters. */
export type EndedSpan = Parameters<SpanProcessor['onEnd']>[0];

/** Keeps the spans that end. */
export interface MemoryProcessor extends SpanProcessor {
  readonly ended: EndedSpan[];
}

export function memoryProcessor(): MemoryProcessor {
  const ended: EndedSpan[] = [];
  return {
    ended,
    onStart: () => undefined,
    onEnd: (span) => {
      ended.push(span);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/** Starts the real SDK, which hands its spans to these processors; returns the way to stop it. */
export function startSdk(...spanProcessors: SpanProcessor[]): () => Promise<void> {
  const sdk = new NodeSDK({
    spanProcessors,
    metricReaders: [],
    logRecordProcessors: [],
    autoDetectResources: false,
  });
  sdk.start();
  return () => sdk.shutdown();
}
