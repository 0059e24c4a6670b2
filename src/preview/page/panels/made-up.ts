import type { Context, Rendered } from '../parts/context.js';
import { h, icon } from '../parts/dom.js';

/** Asks the server for made-up lines or traces; undefined where it has none. */
export async function madeUp(path: string, query: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api/${path}?query=${encodeURIComponent(query)}`, { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} were answered with status ${response.status}`);
  return response.json();
}

/** Says that a store is not asked, and what Grafana will ask it. */
export function notAsked(host: HTMLElement, store: string, query: string, context: Context): Rendered {
  const words =
    context.state.mode === 'live'
      ? `The preview asks Prometheus alone. Grafana will ask ${store}:`
      : `There is no made-up data for this. Grafana will ask ${store}:`;
  host.replaceChildren(
    h(
      'div',
      { class: 'notice' },
      icon('info'),
      h('p', {}, words),
      query === '' ? undefined : h('pre', {}, h('code', {}, query)),
    ),
  );
  return { state: 'unavailable' };
}
