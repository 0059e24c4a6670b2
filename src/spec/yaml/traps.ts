import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { refusedCharacter, refusedIn } from './characters.js';
import type { LocatedScalar } from '../located.js';
import type { ScalarStyle } from './scalar-characters.js';

/** Scalars that YAML readers disagree about, or that lose what was written; at most one finding for each. */
export function trapIn(scalar: LocatedScalar, style: ScalarStyle): Diagnostic | undefined {
  if (typeof scalar.value === 'number') return numberTrap(scalar, scalar.value);
  if (typeof scalar.value !== 'string') return undefined;
  if (style === 'plain') return wordTrap(scalar, scalar.value);
  return style === 'double-quoted' ? escapeTrap(scalar) : undefined;
}

function numberTrap({ text, range }: LocatedScalar, value: number): Diagnostic | undefined {
  const written = text.value;
  const finding = (message: string, help: string) => diagnostic('OBS1013', { message, range, help });
  if (!Number.isFinite(value))
    return finding(`\`${written}\` is not a finite number`, 'write a number that a double can hold');
  if (/^[-+]?0[0-9]/.test(written))
    return finding(
      `\`${written}\` is ${value} here and octal for other readers of YAML`,
      `write ${value}, or "${written}" in quotes where a text is meant`,
    );
  if (/^[-+]?[0-9]+$/.test(written) && !Number.isSafeInteger(value))
    return finding(
      `\`${written}\` is too large to be kept exactly: it would become ${value}`,
      'write a number below 9007199254740992',
    );
  return undefined;
}

function wordTrap({ range }: LocatedScalar, value: string): Diagnostic | undefined {
  if (!/^(?:yes|no|on|off|Yes|No|On|Off|YES|NO|ON|OFF)$/.test(value)) return undefined;
  return diagnostic('OBS1016', {
    message: `\`${value}\` is a text here and a truth value for other readers of YAML`,
    range,
    help: `write "${value}" in quotes, or true or false where that is meant`,
    fix: { range, text: `"${value}"` },
  });
}

/** A character that may not stand in the file may not come from an escape either. */
function escapeTrap({ text }: LocatedScalar): Diagnostic | undefined {
  for (const { at, character } of refusedIn(text.value)) {
    const range = text.slice(at, at + character.length);
    // Where it stands in the file as it is, it was reported with the file's characters.
    const isEscape = range.source.text[range.start] === '\\';
    if (isEscape && character !== '\r') return refusedCharacter(character, range);
  }
  return undefined;
}
