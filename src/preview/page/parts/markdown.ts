import { parseMarkdown, safeUrl, type Inline, type MarkdownBlock } from '../format/markdown.js';
import { h } from './dom.js';

function inline(part: Inline): Node {
  switch (part.kind) {
    case 'text':
      return document.createTextNode(part.text);
    case 'code':
      return h('code', {}, part.text);
    case 'strong':
      return h('strong', {}, ...part.content.map(inline));
    case 'emphasis':
      return h('em', {}, ...part.content.map(inline));
    case 'link': {
      const url = safeUrl(part.url);
      const content = part.content.map(inline);
      return url === undefined
        ? h('span', {}, ...content)
        : h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...content);
    }
  }
}

function block(each: MarkdownBlock): Node {
  switch (each.kind) {
    case 'paragraph':
      return h('p', {}, ...each.content.map(inline));
    case 'heading': {
      // The panel's own title is of the second and third level.
      const level = Math.min(6, each.level + 3) as 4 | 5 | 6;
      return h(`h${level}`, { class: `heading-${each.level}` }, ...each.content.map(inline));
    }
    case 'code':
      return h('pre', {}, h('code', {}, each.text));
    case 'list':
      return h(each.ordered ? 'ol' : 'ul', {}, ...each.items.map((item) => h('li', {}, ...item.map(inline))));
    case 'table': {
      const [head = [], ...rows] = each.rows;
      return h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...head.map((cell) => h('th', {}, ...cell.map(inline))))),
        h(
          'tbody',
          {},
          ...rows.map((row) => h('tr', {}, ...row.map((cell) => h('td', {}, ...cell.map(inline))))),
        ),
      );
    }
  }
}

/** A text of the spec as elements; whatever it holds, it becomes no markup. */
export function markdown(text: string): HTMLElement {
  return h('div', { class: 'markdown' }, ...parseMarkdown(text).map(block));
}
