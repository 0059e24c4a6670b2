import { afterEach, expect, test, vi } from 'vitest';
import { createLogger } from '../../src/runtime/index.js';
import { openLogRecords } from '../../src/runtime/sdk/log-records.js';

interface Exported {
  readonly severityText?: string;
  readonly eventName?: string;
  readonly body?: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a line becomes a record, redacted as the line is, and nothing while no exporter is in service', () => {
  vi.stubEnv('OBSGEN_LOG_OUTPUTS', 'otlp');
  const logger = createLogger({ service: 'test', level: 'info', format: 'json' });
  const ticked = logger.event<{ number: number; password: string }>({
    event: 'ticked',
    level: 'warn',
    category: 'clock',
    message: 'it ticked',
    fields: { number: 'int', password: 'string' },
  });
  const records: Exported[] = [];
  const outlet = { add: (record: Exported) => records.push(record) };
  ticked({ number: 1, password: 'hunter22' });
  const end = openLogRecords([outlet] as never, {} as never, 'test');
  try {
    ticked({ number: 2, password: 'hunter22' });
    logger.log.error(new Error('no'), 'failed');
  } finally {
    end();
  }
  ticked({ number: 3, password: 'hunter22' });
  expect(records).toHaveLength(2);
  expect(records[0]).toMatchObject({
    severityText: 'WARN',
    eventName: 'ticked',
    body: 'it ticked',
    attributes: { category: 'clock', number: 2, password: '[redacted]' },
  });
  expect(records[1]).toMatchObject({
    severityText: 'ERROR',
    body: 'failed',
    attributes: { 'exception.type': 'Error', 'exception.message': 'no' },
  });
});
