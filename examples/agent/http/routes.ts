/** Routes of tasks. A path of a stranger has none: it is counted as __other__. */
export const routes = ['/tasks', '/tasks/:id', '/tasks/:id/events'] as const;

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
];

/** A request's path, without its query. */
export function pathOf({ url = '/' }: { readonly url?: string | undefined }): string {
  return url.split('?', 1)[0] ?? '';
}

/** The route of a path. */
export function matchRoute(path: string): Match | undefined {
  for (const [pattern, route] of patterns) {
    const match = pattern.exec(path);
    if (match !== null) return { route, id: match.groups?.['id'] ?? '' };
  }
  return undefined;
}
