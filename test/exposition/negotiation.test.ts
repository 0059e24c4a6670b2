import { describe, expect, test } from 'vitest';
import { prefersGzip, prefersOpenMetrics } from '../../src/runtime/exposition/negotiation.js';

describe('the format is', () => {
  const openMetrics = {
    'Prometheus 2':
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'Prometheus 3':
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    'a client without version': 'application/openmetrics-text',
    'a client with quotes and blanks':
      ' Application/OpenMetrics-Text ; version="1.0.0" ; q = 0.9 , text/plain;q=0.8',
    'a client that likes both as much': 'text/plain, application/openmetrics-text',
  };
  test.each(Object.entries(openMetrics))('OpenMetrics for %s', (_, accept) => {
    expect(prefersOpenMetrics(accept)).toBe(true);
  });

  const text = {
    'a client without the header': '',
    curl: '*/*',
    'a browser': 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
    'a client that likes text better': 'application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.9',
    'a client that takes anything better': 'application/openmetrics-text;q=0.2,*/*;q=0.9',
    'a client that refuses OpenMetrics': 'application/openmetrics-text;q=0',
    'a client of another version': 'application/openmetrics-text;version=0.0.1',
    'a client that writes nonsense': ';;;q=,,=;q=abc',
    'a client with an impossible quality': 'application/openmetrics-text;q=7',
  };
  test.each(Object.entries(text))('text for %s', (_, accept) => {
    expect(prefersOpenMetrics(accept)).toBe(false);
  });
});

test.each([
  ['gzip', true],
  ['gzip, deflate, br', true],
  ['x-gzip', true],
  ['*', true],
  ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
  ['', false],
  ['identity', false],
  ['gzip;q=0', false],
  ['*, gzip;q=0', false],
  ['deflate', false],
  ['identity, gzip;q=0.5', false],
])('Accept-Encoding %j compresses: %s', (header, expected) => {
  expect(prefersGzip(header)).toBe(expected);
});
