import type { ServerState } from './context.js';
import { h, icon } from './dom.js';

/** What is wrong with the spec, while the last state of it that was right is shown. */
export function problemsBox({ problems }: ServerState): HTMLElement | undefined {
  if (problems.length === 0) return undefined;
  return h(
    'div',
    { class: 'problems', role: 'alert' },
    icon('warning'),
    h('ul', {}, ...problems.map((problem) => h('li', {}, h('pre', {}, problem)))),
  );
}

/** Why no panel shows numbers, once for all of them. */
export function noDataBox({ mode, prometheus }: ServerState): HTMLElement | undefined {
  if (mode !== 'none' || prometheus.available) return undefined;
  return h(
    'div',
    { class: 'no-data', role: 'status' },
    icon('info'),
    h(
      'div',
      {},
      h('p', { class: 'no-data-reason' }, prometheus.reason ?? 'There is no Prometheus to ask'),
      prometheus.help === undefined ? undefined : h('p', {}, prometheus.help),
      h(
        'p',
        {},
        'Until then each panel shows the queries that it will ask; layout, texts and links are as they will be.',
      ),
    ),
  );
}

/** A page with nothing but the reason why. */
export function noticePage(title: string, ...content: readonly (HTMLElement | undefined)[]): HTMLElement {
  return h('main', { class: 'page-notice' }, h('h1', {}, title), ...content);
}
