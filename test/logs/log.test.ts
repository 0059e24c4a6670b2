import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLogger, createTelemetry, createTracing, type Logger } from '../../src/runtime/index.js';
import { applySettings } from '../../src/runtime/settings/settings.js';
import { runInScope } from '../../src/runtime/correlation/scope.js';
import { reloadLogLevel } from '../../src/runtime/logs/log-level.js';
import { setLogWriter } from '../../src/runtime/logs/log-output.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { valueOf } from '../runtime/scrape.js';

interface Fields {
  readonly agent: string;
  readonly task_length: number;
  readonly detail?: unknown;
}

const settings = {
  service: 'research-agent',
  level: 'info',
  format: 'json',
  redaction: { keys: ['x_internal_ticket'], patterns: ['tick-[0-9]{6,12}'] },
} as const;
const logger = createLogger(settings);
const runAccepted = event(logger);

function event(of: Logger): (fields: Fields) => void {
  return of.event<Fields>({
    event: 'run.accepted',
    level: 'info',
    category: 'agent',
    message: 'research task accepted',
    fields: { agent: 'string', task_length: 'int', detail: 'json' },
  });
}

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  setLogWriter((line) => {
    lines.push(line);
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  setLogWriter(undefined);
});

function only(): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

describe('a log event', () => {
  test('is one JSON object a line', () => {
    runAccepted({ agent: 'planner', task_length: 3 });
    const line = only();
    expect(Math.abs(Date.parse(String(line['time'])) - Date.now())).toBeLessThan(5000);
    expect({ ...line, time: '' }).toEqual({
      time: '',
      level: 'info',
      service: 'research-agent',
      event: 'run.accepted',
      category: 'agent',
      message: 'research task accepted',
      agent: 'planner',
      task_length: 3,
    });
  });

  test('stays one line whatever a field holds, and shows what is not in the spec nowhere', () => {
    runAccepted({ agent: 'a\n{"level":"fatal"}\u2028\ud800', task_length: NaN, extra: 'x' } as Fields);
    expect(lines[0]).not.toMatch(/[\n\r]/);
    expect(only()).toMatchObject({ agent: 'a\n{"level":"fatal"}\u2028\ufffd', task_length: 'NaN' });
    expect(only()).not.toHaveProperty('extra');
  });

  test('cannot have its own keys taken by fields', () => {
    const odd = logger.event<{ level: string; trace_id: string; ['__proto__']: string }>({
      event: 'odd',
      level: 'warn',
      message: 'odd fields',
      fields: { level: 'string', trace_id: 'string', ['__proto__']: 'string' },
    });
    odd({ level: 'fatal', trace_id: 'forged', ['__proto__']: 'x' });
    expect(lines[0]).toContain('"level":"warn"');
    expect(lines[0]).toContain('"field.level":"fatal","field.trace_id":"forged","__proto__":"x"');
  });

  test('hides secrets by key and by looks', () => {
    const detail = { password: 'hunter2', input_tokens: 5, note: 'see tick-123456', x_internal_ticket: 7 };
    runAccepted({ agent: `Bearer ${'x'.repeat(30)}`, task_length: 1, detail });
    expect(only()).toMatchObject({
      agent: 'Bearer [redacted]',
      detail: {
        password: '[redacted]',
        input_tokens: 5,
        note: 'see [redacted]',
        x_internal_ticket: '[redacted]',
      },
    });
  });

  test('without fields is a plain call', () => {
    logger.plainEvent({ event: 'stopped', level: 'info', message: 'service stopped' })();
    expect(only()).toMatchObject({ event: 'stopped', message: 'service stopped' });
  });

  test('shows what cannot be read as such, and the rest as it is', () => {
    const fields = {
      agent: 'planner',
      get task_length(): number {
        throw new Error('no');
      },
      detail: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    };
    runAccepted(fields);
    expect(only()).toMatchObject({ agent: 'planner', task_length: '[unreadable]', detail: '[unreadable]' });
  });

  test('never throws: missing fields and a writer that fails', async () => {
    expect(() => {
      runAccepted(undefined as unknown as Fields);
    }).not.toThrow();
    setLogWriter(() => {
      throw new Error('disk full');
    });
    runAccepted({ agent: 'a', task_length: 1 });
    expect(await valueOf('obsgen_dropped_total', { metric: 'run.accepted', reason: 'internal_error' })).toBe(
      1,
    );
  });
});

describe('a request', () => {
  test('has its id and its baggage on each line, under names that are free', () => {
    const scope = {
      correlationId: 'req-1"',
      baggage: { tenant: 'acme', agent: 'forged', level: 'forged', password: 'hunter2hunter2' },
    };
    runInScope(scope, () => {
      runAccepted({ agent: 'planner', task_length: 1 });
      logger.log.info('seen', { tenant: 'other', trace_id: 'forged' });
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      correlation_id: 'req-1"',
      tenant: 'acme',
      'baggage.agent': 'forged',
      'baggage.level': 'forged',
      password: '[redacted]',
      agent: 'planner',
      level: 'info',
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      tenant: 'acme',
      'field.tenant': 'other',
      'field.trace_id': 'forged',
    });
  });
});

describe('the level', () => {
  const debug = logger.plainEvent({ event: 'd', level: 'debug', message: 'd' });
  const error = logger.plainEvent({ event: 'e', level: 'error', message: 'e' });

  test.each([
    [undefined, 1],
    ['DEBUG', 2],
    ['silent', 0],
    ['nonsense', 1],
  ])('LOG_LEVEL=%s overrides that of the spec', async (level, count) => {
    if (level !== undefined) vi.stubEnv('LOG_LEVEL', level);
    const telemetry = createTelemetry({
      service: { name: 'test' },
      spans: false,
      sampling: { head: 1, environments: [] },
    });
    await telemetry.start({ aggregate: false });
    try {
      debug();
      error();
      expect(lines).toHaveLength(count);
    } finally {
      await telemetry.shutdown();
      vi.unstubAllEnvs();
      reloadLogLevel();
      applySettings({});
    }
  });
});

describe('settings', () => {
  afterEach(() => {
    applySettings({});
  });

  test('change the level of all lines and of a category while the service runs', () => {
    const plain = logger.plainEvent({ event: 'd', level: 'debug', message: 'd' });
    const ofAgent = logger.plainEvent({ event: 'a', level: 'debug', category: 'agent', message: 'a' });
    const written = (): number => {
      lines = [];
      plain();
      ofAgent();
      return lines.length;
    };
    expect(written()).toBe(0);
    applySettings({ logCategories: { agent: 'trace' } });
    expect(written()).toBe(1);
    applySettings({ logLevel: 'debug', logCategories: { agent: 'silent' } });
    expect(written()).toBe(1);
    applySettings({ logLevel: 'nonsense' });
    expect(written()).toBe(0);
    applySettings({ logLevel: 'debug' });
    expect(written()).toBe(2);
    applySettings({ logLevel: 'debug', switches: { logs: false } });
    expect(written()).toBe(0);
  });
});

describe('a line for people', () => {
  test('has the time, the level, the event and the fields', () => {
    const pretty = event(createLogger({ ...settings, format: 'pretty' }));
    pretty({ agent: 'plan ner\n', task_length: 3, detail: { a: 1 } });
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} INFO {2}run\.accepted research task accepted agent="plan ner\\n" task_length=3 detail=\{"a":1\}$/,
    );
  });
});

describe('inside a span', () => {
  let stop: () => Promise<void>;
  beforeAll(() => {
    stop = startSdk(memoryProcessor());
  });
  afterAll(() => stop());

  test('a line carries its ids', () => {
    const tracing = createTracing({ scope: 'test' });
    const work = tracing.span<object>({ name: 'work', kind: 'internal' });
    const { traceId, spanId } = work({}, ({ otel }) => {
      runAccepted({ agent: 'a', task_length: 1 });
      return otel.spanContext();
    });
    expect(only()).toMatchObject({ trace_id: traceId, span_id: spanId });
  });
});
