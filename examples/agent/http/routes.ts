/** Requests that the service knows. `unmatched` stands for every path that it does not: paths of strangers are no label. */
export const routes = [
  '/tasks',
  '/tasks/:id',
  '/tasks/:id/events',
  '/metrics',
  '/health',
  'unmatched',
] as const;

export type Route = (typeof routes)[number];

export interface Match {
  readonly route: Route;
  /** The `:id` of the path. */
  readonly id: string;
}

const patterns: readonly (readonly [RegExp, Route])[] = [
  [/^\/tasks$/, '/tasks'],
  [/^\/tasks\/(?<id>[\w-]+)$/, '/tasks/:id'],
  [/^\/tasks\/(?<id>[\w-]+)\/events$/, '/tasks/:id/events'],
  [/^\/metrics$/, '/metrics'],
  [/^\/health$/, '/health'],
];

/** The route of a request's path, its query aside. */
export function matchRoute(url: string): Match {
  const path = url.split('?', 1)[0] ?? '';
  for (const [pattern, route] of patterns) {
    const match = pattern.exec(path);
    if (match !== null) return { route, id: match.groups?.['id'] ?? '' };
  }
  return { route: 'unmatched', id: '' };
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The request's method as the label knows it. */
export function labelMethod(method: string | undefined): (typeof methods)[number] | '_OTHER' {
  return methods.find((known) => known === method) ?? '_OTHER';
}

const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** The class of a status as the label knows it. */
export function statusClass(status: number): (typeof statusClasses)[number] {
  return statusClasses[Math.floor(status / 100) - 1] ?? '5xx';
}
