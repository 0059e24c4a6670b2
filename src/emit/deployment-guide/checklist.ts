import { marked, type Markdown } from '../../encode/markdown.js';
import { listed } from '../markdown/words.js';

/** Things to tick off; those that do not apply are left out. */
export function checklist(items: readonly (Markdown | undefined)[]): Markdown {
  return listed(
    items.map((item) => (item === undefined || item === '' ? undefined : marked`- [ ] ${item}`)),
    '\n',
  );
}
