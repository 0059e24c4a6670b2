import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import { rangeOf } from './scalar-text.js';

const bidirectional = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

// Control characters and non-characters, characters that change the direction of the text around them, halves of surrogate pairs.
const refusedCharacters = new RegExp(
  `\\r(?!\\n)|(?![\\t\\n\\r])[\\p{Cc}\\ufeff\\ufffe\\uffff${bidirectional}]|\\p{Cs}`,
  'gu',
);
const isBidirectional = new RegExp(`^[${bidirectional}]$`, 'u');
const isSurrogate = /^\p{Cs}$/u;

/** The characters of a text that no spec may hold, each with its offset. */
export function* refusedIn(text: string): Generator<{ readonly at: number; readonly character: string }> {
  for (const match of text.matchAll(refusedCharacters)) yield { at: match.index, character: match[0] };
}

/** Refuses characters of a file that cannot be seen and change what is read. */
export function checkCharacters(source: SourceFile): Diagnostic[] {
  return [...refusedIn(source.text)].map(({ at, character }) =>
    refusedCharacter(character, rangeOf(source, at, at + character.length)),
  );
}

/** The diagnostic for one such character, whether it stands in the file or was made by an escape in double quotes. */
export function refusedCharacter(character: string, range: Range): Diagnostic {
  const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (isSurrogate.test(character))
    return diagnostic('OBS1012', {
      message: `half of a surrogate pair, ${name}, is not a character`,
      range,
      help: 'write the character itself, or its whole code as in "\\U0001F600"',
    });
  if (isBidirectional.test(character))
    return diagnostic('OBS1011', {
      message: `character ${name} changes the direction of the text around it`,
      range,
      help: 'remove it',
    });
  const help =
    character === '\r' ? 'end lines with LF or CR LF' : 'remove it; only tabs and line breaks are allowed';
  return diagnostic('OBS1010', { message: `control character ${name}`, range, help });
}
