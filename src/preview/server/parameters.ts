/** A request of Prometheus's API that may be passed on. */
export interface ApiRequest {
  /** Below the address of Prometheus, with its parameters: `/api/v1/query?query=up`. */
  readonly target: string;
}

/** Characters of a query. Those of a generated dashboard have a few hundred; Prometheus would take millions. */
const longestQuery = 16_384;
/** Characters of any other value. */
const longestValue = 64;
/** Selectors that one request may have. */
const mostSelectors = 16;

const instant = /^(?:\d{1,13}(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT[\d:.]{1,20}(?:Z|[+-]\d\d:\d\d))$/;
const span = /^(?:\d{1,9}(?:\.\d{1,9})?|(?:\d{1,9}(?:ms|[smhdwy]))+)$/;
const labelName = /^[a-zA-Z_]\w{0,127}$/;

type Kind = 'query' | 'selectors' | 'time' | 'duration' | 'count';

const endpoints: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  query: { query: 'query', time: 'time' },
  query_range: { query: 'query', start: 'time', end: 'time', step: 'duration' },
  query_exemplars: { query: 'query', start: 'time', end: 'time' },
  values: { 'match[]': 'selectors', start: 'time', end: 'time', limit: 'count' },
};

function isFine(kind: Kind, values: readonly string[]): boolean {
  const [value = ''] = values;
  if (kind === 'selectors')
    return values.length <= mostSelectors && values.every(({ length }) => length <= longestQuery);
  if (values.length !== 1) return false;
  if (kind === 'query') return value !== '' && value.length <= longestQuery;
  if (value.length > longestValue) return false;
  if (kind === 'time') return instant.test(value);
  return kind === 'duration' ? span.test(value) : /^\d{1,9}$/.test(value);
}

/**
 * The request that a path below `/prometheus` stands for; a text where it is refused, with the reason. Only what the page needs is
 * passed on: reading, and nothing that administers. Paths are compared as they are written, so that no encoding of another path passes.
 */
export function apiRequest(path: string, parameters: URLSearchParams): ApiRequest | string | undefined {
  const label = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
  const name = label === undefined ? /^\/api\/v1\/([a-z_]+)$/.exec(path)?.[1] : 'values';
  const known = name !== undefined && Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  if (known === undefined || (name === 'values' && label === undefined)) return undefined;
  if (label !== undefined && !labelName.test(label)) return 'the name of the label is none';
  for (const key of new Set(parameters.keys())) {
    const kind = Object.hasOwn(known, key) ? known[key] : undefined;
    if (kind === undefined) return `the parameter ${JSON.stringify(key.slice(0, 40))} is not passed on`;
    if (!isFine(kind, parameters.getAll(key)))
      return `the parameter ${key} is empty, too long, given twice or not of its form`;
  }
  const query = parameters.toString();
  return { target: query === '' ? path : `${path}?${query}` };
}
