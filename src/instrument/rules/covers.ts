import type { Match } from '../../spec/spec.js';
import { hasWildcard, nameGlob } from './glob.js';

const usualKinds: readonly string[] = ['function', 'expression', 'method', 'object method'];
const allKinds: readonly string[] = [...usualKinds, 'getter', 'setter', 'constructor'];

const nameKeys = [
  'class',
  'method',
  'function',
  'variable',
  'implements',
  'extends',
  'decorator',
  'imports',
  'call',
  'tool',
  'toolBy',
] as const;

/** Whether it is certain that all that fits `narrow` fits `wide`. False where it cannot be told. */
export function covers(wide: Match, narrow: Match): boolean {
  if ((wide.call === undefined) !== (narrow.call === undefined)) return false;
  if (narrow.types === true && wide.types !== true) return false;
  return (
    coversKinds(wide, narrow) &&
    coversFiles(wide.file, narrow.file) &&
    (['exported', 'async'] as const).every((key) => wide[key] === undefined || wide[key] === narrow[key]) &&
    nameKeys.every((key) => coversNames(wide[key], narrow[key]))
  );
}

/** What `wide` means at least holds what `narrow` means at most. */
function coversKinds(wide: Match, narrow: Match): boolean {
  if (wide.call !== undefined) return true;
  const widest = wide.kind ?? (isNamed(wide) ? allKinds : usualKinds);
  const most = narrow.kind ?? (isNamed(narrow) ? allKinds : usualKinds);
  return most.every((kind) => widest.includes(kind));
}

/** Whether accessors and constructors of a name are meant, too. */
const isNamed = ({ method }: Match): boolean => method !== undefined && nameGlob(method).isExact;

function coversFiles(wide: string | undefined, narrow: string | undefined): boolean {
  return wide === undefined || wide === '**' || wide === '**/*' || wide === narrow;
}

/** A letter that no pattern holds: what takes it, and is a star, takes any text. */
const anyText = '\u0001';

function coversNames(wide: string | undefined, narrow: string | undefined): boolean {
  if (wide === undefined || wide === narrow) return true;
  if (narrow === undefined) return false;
  const glob = nameGlob(wide);
  return nameGlob(narrow).alternatives.every((alternative) => {
    if (!hasWildcard(alternative)) return glob.fits(alternative);
    return !wide.includes('?') && glob.fits(alternative.replaceAll(/[*?]/g, anyText));
  });
}
