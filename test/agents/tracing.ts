import { afterAll, beforeAll, beforeEach } from 'vitest';
import { memoryProcessor, startSdk, type EndedSpan } from '../support/memory-tracing.js';

/** The spans that end in a test, of the real SDK. */
export function useTracing(): {
  readonly ended: EndedSpan[];
  named(name: string): EndedSpan[];
  clear(): void;
} {
  const processor = memoryProcessor();
  let stop: (() => Promise<void>) | undefined;
  beforeAll(() => {
    stop = startSdk(processor);
  });
  beforeEach(() => {
    processor.ended.length = 0;
  });
  afterAll(() => stop?.());
  return {
    ended: processor.ended,
    named: (name) => processor.ended.filter((span) => span.name === name),
    clear: () => {
      processor.ended.length = 0;
    },
  };
}
