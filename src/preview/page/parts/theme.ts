import type { Theme } from '../format/colours.js';

const remembered = 'obs-gen-theme';

/** What the address says, what was chosen last, what the reader's system prefers. */
export function initialTheme(asked: Theme | undefined): Theme {
  if (asked !== undefined) return asked;
  const last = localStorage.getItem(remembered);
  if (last === 'dark' || last === 'light') return last;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

export function rememberTheme(theme: Theme): void {
  localStorage.setItem(remembered, theme);
}
