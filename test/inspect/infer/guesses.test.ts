import { describe, expect, test } from 'vitest';
import { identifierReason } from '../../../src/inspect/infer/guess/identifiers.js';
import { writtenBuckets } from '../../../src/inspect/infer/guess/buckets.js';
import { capFor } from '../../../src/inspect/infer/guess/labels.js';
import { closedSet } from '../../../src/inspect/infer/guess/vocabulary.js';
import { commonStem } from '../../../src/inspect/infer/guess/words.js';
import { exposedNames } from '../../../src/inspect/infer/sources/code/otel.js';

describe('values without an end', () => {
  test.each([
    ['x', ['0b6d8b1e-6c1b-4f8a-9a55-0f6d7a1f7c11'], 'UUIDs'],
    ['x', ['ann@example.com'], 'e-mail addresses'],
    ['x', ['10.0.0.7', '10.0.0.8:80'], 'addresses of the network'],
    ['x', ['/users/17/orders'], 'paths with ids in them'],
    ['x', ['2026-01-01T00:00:00Z'], 'time stamps'],
    ['x', ['1767225600'], 'time stamps'],
    ['x', ['could not connect to the database at once'], 'free text'],
    ['x', ['481516'], 'numbers'],
  ])('%s = %j', (name, values, words) => {
    expect(identifierReason(name, values)).toBe(`its values look like ${words}`);
  });

  test.each([
    ['route', ['/users/:id', '/orders']],
    ['status', ['200', '404']],
    ['version', ['v20.20.2']],
    ['queue', ['mail', 'thumbnails']],
    ['path', ['hit', 'miss']],
  ])('%s = %j is none', (name, values) => {
    expect(identifierReason(name, values)).toBeUndefined();
  });

  test('a name alone is enough', () => {
    expect(identifierReason('user_id', [])).toBe('its name is that of an identifier');
  });
});

describe('closed sets', () => {
  test.each([
    ['method', ['GET'], 1, ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']],
    ['cached', ['true'], 1, ['true', 'false']],
    ['result', ['hit', 'miss'], 500, ['hit', 'miss']],
  ])('%s = %j of %d', (name, values, support, expected) => {
    expect(closedSet(name, values, support)?.values).toEqual(expected);
  });

  test('codes of status are completed with the usual ones', () => {
    expect(closedSet('status', ['201', '418'], 2)?.values).toEqual(
      expect.arrayContaining(['201', '418', '200', '500']),
    );
  });

  test.each([
    ['result', ['hit', 'miss'], 3],
    ['queue', ['mail', 'thumbnails'], 100_000],
    ['kind', ['a1', 'b2'], 100_000],
    ['anything', ['red', 'green'], 100_000],
  ])('%s = %j of %d is open', (name, values, support) => {
    expect(closedSet(name, values, support)).toBeUndefined();
  });
});

test.each([
  [[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], { preset: 'seconds' }],
  [[0.01, 0.03, 0.09, 0.27, 0.81], { exponential: { start: 0.01, factor: 3, count: 5 } }],
  [[10, 20, 30, 40, 50], { linear: { start: 10, width: 10, count: 5 } }],
  [
    [1, 2, 4],
    [1, 2, 4],
  ],
  [
    [0, 5, 10, 25, 50, 75],
    [0, 5, 10, 25, 50, 75],
  ],
])('buckets %j are written as %j', (bounds, expected) => {
  expect(writtenBuckets(bounds)).toEqual(expected);
});

test('caps leave room', () => {
  expect([0, 1, 3, 6, 40, 900].map((count) => capFor(count))).toEqual([10, 5, 10, 20, 100, 2000]);
  expect(capFor(1, 'route')).toBe(20);
});

test('the words that names have in common', () => {
  expect(commonStem(['http_request_total', 'http_request_seconds'])).toBe('http_request');
  expect(commonStem(['a_b', 'c_d'])).toBe('');
});

test.each([
  ['http.server.duration', 's', 'histogram', 'http_server_duration_seconds'],
  ['requests', '{request}', 'counter', 'requests_total'],
  ['requests_total', undefined, 'counter', 'requests_total'],
  ['queue.size', 'By', 'gauge', 'queue_size_bytes'],
  ['cpu.load', '1', 'gauge', 'cpu_load_ratio'],
  ['disk.io', 'By/s', 'gauge', 'disk_io_bytes_per_second'],
  ['run.duration_seconds', 's', 'histogram', 'run_duration_seconds'],
] as const)('%s in %s as a %s is exposed as %s', (written, unit, type, exposed) => {
  expect(exposedNames(written, unit, type)[0]).toBe(exposed);
});
