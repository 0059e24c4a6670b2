import type { Severity } from '../severity.js';

/** What a piece of a rendering is, not how it looks. */
export type Tone = Severity | 'strong' | 'gutter' | 'added' | 'removed' | 'help';

/** Gives a piece its look; returns it unchanged where colour was not asked for. */
export type Paint = (tone: Tone, text: string) => string;

/** Select Graphic Rendition parameters, from the sixteen colours that every terminal theme keeps readable. */
const sgr: Readonly<Record<Tone, string>> = {
  error: '1;31',
  warning: '1;33',
  info: '1;36',
  strong: '1',
  gutter: '34',
  added: '32',
  removed: '31',
  help: '1;32',
};

/** A painter for a terminal, or one that paints nothing. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => (text === '' ? '' : `\u001b[${sgr[tone]}m${text}\u001b[0m`);
}
