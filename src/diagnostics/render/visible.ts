import { characters } from './width.js';

/** Characters that draw nothing, move the cursor or turn the direction of writing: shown by name, so that nothing hides in a message. */
const unprintable = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const controlPictures = 0x2400;

/** How one character (a grapheme cluster) is shown: itself, or a picture or the number of an unprintable one. */
export function visibleCharacter(character: string): string {
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (character === '\r\n') return '\u240d\u240a';
  if (code < 0x20) return String.fromCharCode(controlPictures + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>${character.slice(String.fromCodePoint(code).length)}`;
}

/** One line of text for a terminal: no escape sequence, line end or bidirectional control of the user's gets through. */
export function visible(text: string): string {
  let shown = '';
  for (const character of characters(text)) shown += visibleCharacter(character);
  return shown;
}
