/** A pattern of names in which `*` is anything and `?` one character. */
export interface Glob {
  readonly text: string;
  test(name: string): boolean;
}

/** Reads a pattern; any text is one. */
export function globOf(text: string): Glob {
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  const pattern = new RegExp(`^${source}$`, 's');
  return { text, test: (name) => pattern.test(name) };
}
