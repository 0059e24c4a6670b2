import { limits } from './limits.js';

/** A piece of the spec for a message: in back quotes, on one line, cut to a length that leaves the sentence readable. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'");
  const characters = Array.from(line);
  if (characters.length <= limits.quotedCharacters) return `\`${line}\``;
  return `\`${characters.slice(0, limits.quotedCharacters - 1).join('')}…\``;
}

/** A text as a single-quoted scalar of YAML, on one line. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of names in prose: `a`, `b` or `c`. */
export function alternatives(names: readonly string[], word: 'and' | 'or' = 'or'): string {
  const marked = names.map((name) => `\`${name}\``);
  if (marked.length <= 1) return marked.join('');
  return `${marked.slice(0, -1).join(', ')} ${word} ${marked.at(-1) ?? ''}`;
}

/** A sentence as the continuation of another; words in capitals, such as PromQL, stay. */
export function lowerFirst(text: string): string {
  return /^[A-Z](?:[a-z]| )/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
