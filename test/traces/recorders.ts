import { createTracing, RunningSpan, type SpanHelper } from '../../src/runtime/index.js';

export interface StepAttributes {
  readonly step?: number | undefined;
}

/** As the compiler writes it. */
class StepRecorder extends RunningSpan<StepAttributes> {
  override set(of: Partial<StepAttributes>): void {
    try {
      if (this.to === undefined) return;
      this.export('int', 'step', of.step);
    } catch (error) {
      this.failed(error);
    }
  }
}

const tracing = createTracing({ scope: 'test' });

/** Two spans, of which the first expects nothing but the second below it. */
export const spans: {
  readonly run: SpanHelper<StepAttributes, never>;
  readonly step: SpanHelper<StepAttributes, never>;
} = {
  run: tracing.span({ recorder: StepRecorder, name: 'run', kind: 'internal', children: ['step'] }),
  step: tracing.span({ recorder: StepRecorder, name: 'step', kind: 'internal' }),
};
