import { describe, expect, test } from 'vitest';
import { chosen, unknownWord } from '../../../src/inspect/doctor/choose.js';
import { checks } from '../../../src/inspect/doctor/checks/index.js';
import { findPlaces, type Whereabouts } from '../../../src/inspect/doctor/find.js';
import type { Place } from '../../../src/inspect/doctor/places.js';
import type { StackState } from '../../../src/stack/run/state.js';
import { modelOf } from '../../support/model.js';
import { shop, spec } from './visit.js';

function places(given: Partial<Whereabouts> = {}): readonly Place[] {
  const found = findPlaces({ model: shop(), state: undefined, named: {}, ...given });
  if ('reason' in found) throw new Error(found.reason);
  return [...found.values()];
}

function addresses(given: Partial<Whereabouts> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(places(given).map(({ name, url }) => [name, url]));
}

const started = { pid: 1, identity: 'x', ready: '/-/ready', startedAt: '2026-11-20T00:00:00Z', log: 'x.log' };
const state: StackState = {
  service: 'shop',
  spec: '/x/observability.yaml',
  out: '/x/generated',
  supervisor: { pid: 1, identity: 'x' },
  parts: [
    { ...started, part: 'prometheus', url: 'http://127.0.0.1:1001' },
    {
      ...started,
      part: 'collector',
      url: 'http://127.0.0.1:1002',
      also: { otlpHttp: 'http://127.0.0.1:1003', otlpGrpc: 'http://127.0.0.1:1004' },
      ended: 'exit code 1',
    },
    { ...started, part: 'preview', url: 'http://127.0.0.1:1005' },
  ],
};

describe('where the parts are', () => {
  test('what the compose file publishes on loopback', () => {
    expect(addresses()).toEqual({
      service: 'http://127.0.0.1:9464',
      prometheus: 'http://127.0.0.1:9090',
      alertmanager: 'http://127.0.0.1:9093',
      collector: 'http://127.0.0.1:4318',
      loki: 'http://127.0.0.1:3100',
      tempo: 'http://127.0.0.1:3200',
      grafana: 'http://127.0.0.1:3000',
    });
  });

  test('with TLS, and stores that are elsewhere or are others', () => {
    const model = modelOf(
      `${spec}  access: { tls: true }\n  logs: { endpoint: "http://loki:3100/otlp" }\n  traces: { store: jaeger }\n`,
    );
    const found = addresses({ model });
    expect(found['jaeger']).toBe('https://127.0.0.1:16686');
    expect(Object.keys(found)).not.toContain('loki');
    expect(Object.keys(found)).not.toContain('tempo');
  });

  test('what `stack up --native` has started goes before that, and takes its place', () => {
    expect(addresses({ state })).toEqual({
      service: 'http://127.0.0.1:9464',
      prometheus: 'http://127.0.0.1:1001',
      collector: 'http://127.0.0.1:1003',
      preview: 'http://127.0.0.1:1005',
    });
    expect(places({ state }).find(({ name }) => name === 'collector')).toMatchObject({
      isLocal: true,
      ended: 'exit code 1',
    });
  });

  test('what is named goes before all; `none` takes a part out; credentials are no part of an address', () => {
    const named = {
      loki: 'https://kim:pa55@loki.example.com/a/',
      tempo: 'none',
      prometheus: 'http://mimir/prometheus',
    };
    const found = places({ named });
    expect(found.map(({ name }) => name)).not.toContain('tempo');
    expect(found.find(({ name }) => name === 'loki')).toMatchObject({
      url: 'https://loki.example.com/a',
      authorization: `Basic ${Buffer.from('kim:pa55').toString('base64')}`,
      from: '--loki',
    });
    expect(addresses({ named })['prometheus']).toBe('http://mimir/prometheus');
  });

  test('an address that is none is refused without repeating it', () => {
    const refused = findPlaces({ model: shop(), state: undefined, named: { loki: 'ftp://kim:pa55@host' } });
    expect(refused).toMatchObject({ name: 'loki' });
    expect(JSON.stringify(refused)).not.toContain('pa55');
  });

  test('a spec without a stack has none', () => {
    expect(places({ model: modelOf('version: 1\nservice: { name: shop }\n') })).toEqual([]);
  });
});

describe('what is asked', () => {
  const ids = (only: readonly string[], skip: readonly string[] = []): readonly string[] =>
    chosen(checks, { only, skip }).map(({ id }) => id);

  test('everything, in one order, each once', () => {
    expect(ids([])).toEqual(checks.map(({ id }) => id));
    expect(new Set(ids([])).size).toBe(checks.length);
  });

  test('a check comes with the parts that it needs', () => {
    expect(ids(['log.probe'])).toEqual(['ready.collector', 'ready.loki', 'log.probe']);
    expect(ids(['rules'])).toEqual(['ready.prometheus', 'rules.health', 'rules.drift']);
    expect(ids(['rules'], ['ready', 'rules.health'])).toEqual(['rules.drift']);
  });

  test('a word that means none', () => {
    expect(unknownWord(checks, { only: ['trace'], skip: ['trace.probe', 'trac'] })).toBe('trac');
    expect(unknownWord(checks, { only: ['trace'], skip: ['ready.loki'] })).toBeUndefined();
  });
});
