import { button, h } from './dom.js';
import { isGrafanaPage } from './url.js';

let open: { readonly owner: HTMLElement; close(): void } | undefined;

/** Closes what is open, if anything is. */
export function closePopup(): void {
  open?.close();
}

/** A point in the window, in pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Puts a box under what opened it, or beside a point, inside of the window. */
function place(box: HTMLElement, owner: HTMLElement, at: Point | undefined): void {
  const anchor = at === undefined ? owner.getBoundingClientRect() : new DOMRect(at.x + 8, at.y, 0, 0);
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(anchor.left, innerWidth - width - 8));
  const below = anchor.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 4) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/**
 * Opens a box below a button, and closes it with Escape, a click elsewhere, or when the focus leaves it.
 * @param owner the button that opens it, which gets the focus back
 * @param at where the box stands, if not below the owner
 */
export function openPopup(
  owner: HTMLElement,
  content: HTMLElement,
  focus?: HTMLElement,
  at?: Point,
): () => void {
  if (open?.owner === owner) {
    closePopup();
    return closePopup;
  }
  closePopup();
  content.classList.add('popup');
  document.body.append(content);
  // A chart is no button: it has nothing that is open or closed.
  const expands = owner.hasAttribute('aria-expanded');
  if (expands) owner.setAttribute('aria-expanded', 'true');
  place(content, owner, at);
  const controller = new AbortController();
  const { signal } = controller;
  const close = (back: boolean): void => {
    controller.abort();
    content.remove();
    if (expands) owner.setAttribute('aria-expanded', 'false');
    open = undefined;
    if (back) owner.focus();
  };
  open = {
    owner,
    close: () => {
      close(content.contains(document.activeElement));
    },
  };
  const outside = (event: Event): void => {
    const target = event.target as Node;
    if (!content.contains(target) && !owner.contains(target)) close(false);
  };
  document.addEventListener('pointerdown', outside, { signal, capture: true });
  content.addEventListener(
    'focusout',
    (event) => {
      const next = event.relatedTarget as Node | null;
      if (next !== null && !content.contains(next) && next !== owner) close(false);
    },
    { signal },
  );
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close(true);
  };
  content.addEventListener('keydown', escape, { signal });
  owner.addEventListener('keydown', escape, { signal });
  (focus ?? content.querySelector<HTMLElement>('[tabindex="0"], button, a, input'))?.focus();
  return () => {
    if (open?.owner === owner) close(true);
  };
}

/** Moves the focus with the arrow keys, Home and End among the items of a menu or a list. */
export function withArrows(box: HTMLElement, items: () => readonly HTMLElement[]): void {
  box.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || all.length === 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  });
}

export interface MenuItem {
  readonly text: string;
  /** Undefined: an item that does something; else one of several choices. */
  readonly checked?: boolean | undefined;
  /** It is switched on and off by itself. */
  readonly toggles?: boolean | undefined;
  readonly href?: string | undefined;
  readonly act?: (() => void) | undefined;
}

/** A menu of commands or choices below a button. */
export function openMenu(owner: HTMLElement, name: string, items: readonly MenuItem[]): void {
  const box = h('div', { role: 'menu', 'aria-label': name, class: 'menu' });
  const made = items.map(({ text, checked, toggles, href, act }) => {
    const role = checked === undefined ? 'menuitem' : toggles === true ? 'menuitemcheckbox' : 'menuitemradio';
    const shared = {
      role,
      'aria-checked': checked === undefined ? undefined : String(checked),
      tabindex: -1,
    };
    if (href !== undefined)
      return h(
        'a',
        { ...shared, href, target: '_blank', rel: 'noopener noreferrer', class: 'menu-item' },
        text,
      );
    return button(
      { ...shared, class: 'menu-item', 'aria-disabled': act === undefined ? 'true' : undefined },
      () => {
        if (act === undefined) return;
        close();
        act();
      },
      text,
    );
  });
  box.append(...made);
  withArrows(box, () => made);
  const close = openPopup(owner, box, made.find((_, index) => items[index]?.checked === true) ?? made[0]);
}

/** A link in a menu; one that leads to a page of Grafana's says so and leads nowhere. */
export function linkItem(title: string, url: string): MenuItem {
  return isGrafanaPage(url) ? { text: `${title} (in Grafana)` } : { text: title, href: url };
}
