import type { Load } from '../parts/context.js';
import { h } from '../parts/dom.js';
import { markdown } from '../parts/markdown.js';
import { interpolate } from '../query/interpolate.js';

/** What somebody wrote. */
export const loadText: Load = (panel, _, context) => {
  const { content = '', mode = 'markdown' } = (panel.options ?? {}) as {
    readonly content?: string;
    readonly mode?: string;
  };
  const text = interpolate(content, context.chosen);
  return Promise.resolve((host) => {
    const made = mode === 'markdown' ? markdown(text) : h('pre', {}, text);
    host.replaceChildren(
      h('div', { class: 'text-box', tabindex: 0, role: 'region', 'aria-label': panel.title }, made),
    );
    return { state: text.trim() === '' ? 'empty' : 'ready' };
  });
};
