import { describe, expect, it } from 'vitest';
import type { SampleLine } from '../../../src/preview/sample/index.js';
import { logFilter } from '../../../src/preview/sample/queries/logql.js';
import { traceFilter, type AskedSpan } from '../../../src/preview/sample/queries/traceql.js';

const line: SampleLine = {
  time: 1_795_266_000_000,
  level: 'error',
  fields: {
    service: 'desk',
    event: 'auth.failed',
    tries: 3,
    message: 'no token',
    'exception.type': 'Denied',
  },
};

const span: AskedSpan = {
  service: 'desk',
  name: 'agent.run',
  kind: 'internal',
  status: 'error',
  duration: 12_000,
  attributes: new Map<string, string | number>([
    ['gen_ai.agent.name', 'writer'],
    ['tries', 3],
  ]),
  mayHave: (attribute) => attribute === 'tenant',
};

describe('LogQL of a panel', () => {
  it.each([
    '{service_name="desk"}',
    '{namespace="shop"}',
    '{} | json | level=~"error|fatal"',
    '{} | detected_level="error"',
    '{} | json | event=~"auth\\\\.failed|other"',
    '{} | json | event=~".+"',
    '{} | json | tries > 2 and exception_type="Denied"',
    '{} | json | level="info" or (tries = 3)',
    '{} | json | missing=""',
    '{} |= "no token" != "secret"',
    '{} |~ "no .oken"',
    '{} |= "secret" or "token"',
    '{} | json | line_format "{{.message}}"',
    'what is no query',
  ])('finds the line with %s', (query) => {
    expect(logFilter(query)(line)).toBe(true);
  });

  it.each([
    '{service_name="till"}',
    '{} | json | level=~"warn|fatal"',
    '{} | json | level!="error"',
    '{} | json | level!~"err.*"',
    '{} | json | event="auth"',
    '{} | json | tries > 3',
    '{} | json | tries = 3, level="info"',
    '{} | json | missing="x"',
    '{} |= "secret"',
    '{} != "token"',
    '{} !~ "no .oken"',
  ])('does not find it with %s', (query) => {
    expect(logFilter(query)(line)).toBe(false);
  });
});

describe('TraceQL of a panel', () => {
  it.each([
    '{}',
    '{ status = error }',
    '{ resource.service.name = "desk" && status = error }',
    '{ name = "agent.run" && duration > 10s }',
    '{ name =~ "agent.*" && duration < 1m }',
    '{ name = "other" || span.gen_ai.agent.name = "writer" }',
    '{ .tries = 3 && !(kind = server) }',
    '{ span.tries != nil }',
    '{ span.unheard.of = "x" && status = error }',
    '{ status = error } | select(duration)',
    '{ status = error } && { name = "child" }',
    'desk',
  ])('finds the trace with %s', (query) => {
    expect(traceFilter(query)(span)).toBe(true);
  });

  it.each([
    '{ status = ok }',
    '{ status = unset }',
    '{ status != error }',
    '{ resource.service.name = "till" }',
    '{ name = "agent.run" && duration > 12500ms }',
    '{ span.gen_ai.agent.name = "reader" }',
    '{ span.tenant = "acme" }',
    '{ (name = "a" || name = "b") && status = error }',
    '{ span.unheard.of = "x" && status = ok }',
  ])('does not find it with %s', (query) => {
    expect(traceFilter(query)(span)).toBe(false);
  });
});
