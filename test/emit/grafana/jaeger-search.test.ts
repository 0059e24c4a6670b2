import { expect, it } from 'vitest';
import { jaegerSearch } from '../../../src/emit/grafana/jaeger-search.js';

it.each([
  ['{ resource.service.name = "shop" && status = error }', { tags: 'error=true' }],
  ['{ name = "call" && duration > 30s }', { operation: 'call', minDuration: '30s' }],
  ['{ duration >= 1.5s && duration < 2m }', { minDuration: '1.5s', maxDuration: '2m' }],
  ['{ name = "a" || status = error }', {}],
  ['{ span.tool = "search" }', {}],
  ['{ name = "a" } && { status = error }', {}],
  ['4bf92f3577b34da6a3ce929d0e0e4736', {}],
])('%s is searched for in Jaeger by what its fields can say', (query, search) => {
  expect(jaegerSearch(query)).toEqual(search);
});
