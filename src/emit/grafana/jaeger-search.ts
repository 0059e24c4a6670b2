import type { JaegerTarget } from './dashboard.js';

type Search = Pick<JaegerTarget, 'operation' | 'tags' | 'minDuration' | 'maxDuration'>;

/** Conditions of TraceQL that a search of Jaeger knows too. */
const known: readonly (readonly [pattern: RegExp, asSearch: (value: string) => Search])[] = [
  [/^status\s*=\s*error$/, () => ({ tags: 'error=true' })],
  [/^(?:span:)?name\s*=\s*"([^"\\]*)"$/, (operation) => ({ operation })],
  [/^(?:span:)?duration\s*>=?\s*([0-9.]+(?:us|ms|s|m|h))$/, (minDuration) => ({ minDuration })],
  [/^(?:span:)?duration\s*<=?\s*([0-9.]+(?:us|ms|s|m|h))$/, (maxDuration) => ({ maxDuration })],
];

/**
 * What of a query in TraceQL Jaeger can search for: it has no such language, but fields for the name, the tags and the duration of a span
 * (https://grafana.com/docs/grafana/latest/datasources/jaeger/query-editor/). A condition that it has no field for is left out, and so are
 * all where the query says `or`: then more traces are listed, never fewer.
 */
export function jaegerSearch(query: string): Search {
  const [, inner] = /^\{([^{}]*)\}$/.exec(query.trim()) ?? [];
  if (inner === undefined || inner.includes('||')) return {};
  let search: Search = {};
  for (const condition of inner.split('&&')) {
    for (const [pattern, asSearch] of known) {
      const match = pattern.exec(condition.trim());
      if (match !== null) search = { ...search, ...asSearch(match[1] ?? '') };
    }
  }
  return search;
}
