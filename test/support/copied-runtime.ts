import type { OutputFile } from '../../src/emit/emitter.js';
import { packageFile } from '../../src/package-root.js';

/** What a linter, a formatter or the compiler is told in a comment. */
const directive = /\b(?:eslint-(?:disable|enable)|prettier-ignore|@ts-(?:ignore|nocheck|expect-error))\b/;

/**
 * Whether a generated file is one of src/runtime, letter by letter below its header, and tells no tool to look away: then `npm run lint` has
 * looked at it there, with the same rules and the same style, and need not look at dozens of copies of it.
 */
export function isCopyOfRuntime({ path, content }: OutputFile): boolean {
  const text = content.replace(/^(?:\/\/.*\n)+\n/, '');
  return (
    path.startsWith('runtime/') && !directive.test(content) && text === packageFile('src', ...path.split('/'))
  );
}
