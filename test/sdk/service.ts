import { context, propagation, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, vi } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { createTelemetry, createTracing, type Telemetry } from '../../src/runtime/index.js';
import type { TelemetryDefinition } from '../../src/runtime/telemetry.js';
import { applySettings } from '../../src/runtime/settings/settings.js';

const tracing = createTracing({ scope: 'research-agent' });
/** Two kinds of spans of the service. */
export const spans = {
  run: tracing.span<object>({ name: 'research.run', kind: 'internal' }),
  tool: tracing.span<object>({ name: 'tool.call', kind: 'client' }),
};

/** The telemetry of a service with these spans. */
export function service(more: Partial<TelemetryDefinition> = {}): Telemetry {
  return createTelemetry({
    service: { name: 'research-agent', namespace: 'agents' },
    spans: true,
    sampling: { head: 1, environments: [] },
    ...more,
  });
}

/** A request: a span, and one below it across an await. */
export function request(answer: number): Promise<number> {
  return spans.run({}, async () => {
    await Promise.resolve();
    return spans.tool({}, () => Promise.resolve(answer));
  });
}

/** What was lost of a signal, by reason. */
export function lost(signal: string): Record<string, number> {
  const found = lossAccount.tallies().filter(({ metric }) => metric === signal);
  return Object.fromEntries(found.map(({ detail, count }) => [detail, count]));
}

/** Each test begins without an SDK, without settings and without the variables of whoever runs it. */
export function isolated(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env))
      if (/^(OTEL|OBSGEN)_|^LOG_LEVEL$/.test(name)) vi.stubEnv(name, '');
    lossAccount.clear();
    applySettings({});
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const api of [trace, context, propagation]) api.disable();
    applySettings({});
  });
}
