import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.js';
import type { Text } from '../diagnostics/text.js';
import type { Expr, Position } from './ast.js';
import { parsePromql } from './parse.js';

/** A query of the user as the model holds it. */
export interface ReadQuery {
  readonly text: Text;
  readonly expr: Expr | undefined;
}

/** Where a part of a query stands in the file; an empty part is shown as the character at its place. */
export function rangeIn(text: Text, { from, to }: Position): Range {
  const { length } = text.value;
  if (length === 0) return text.range;
  const start = Math.min(from, length);
  if (to > start) return text.slice(start, Math.min(to, length));
  return start < length ? text.slice(start, start + 1) : text.slice(length - 1, length);
}

/** A replacement as it has to be written inside the scalar that holds the query. */
export function written(text: Text, replacement: string): string {
  const { source, start } = text.range;
  return source.text[start] === '"' ? JSON.stringify(replacement).slice(1, -1) : replacement;
}

interface Read {
  readonly query: ReadQuery;
  readonly diagnostics: readonly Diagnostic[];
}

/** What was read of a text; those of presets, and of files that did not change, stay the same from one look at a spec to the next. */
const readTexts = new WeakMap<Text, Read>();

/** Reads a query of the spec: OBS31xx for what is wrong in it, each pointing into the string. */
export function readQuery(text: Text): Read {
  const known = readTexts.get(text);
  if (known !== undefined) return known;
  const read = readAnew(text);
  readTexts.set(text, read);
  return read;
}

function readAnew(text: Text): Read {
  const { expr, errors } = parsePromql(text.value);
  const diagnostics = errors.map(({ code, at, message, help, replacement }) => {
    const range = rangeIn(text, at);
    const fix =
      replacement === undefined || at.to <= at.from ? undefined : { range, text: written(text, replacement) };
    return diagnostic(code, { message, range, help, fix });
  });
  return { query: { text, expr }, diagnostics };
}
