import type { CompletionItem } from 'vscode-languageserver';
import type { SourceFile } from '../../diagnostics/source-file.js';
import type { Model } from '../../model/model.js';
import { parseWithoutSecrets } from '../../spec/layers/imports.js';
import type { Path } from '../../spec/located.js';
import { type Plain, plainValue } from '../../spec/plain.js';
import { childOf, schemaAt } from '../../spec/schema/schema.js';
import { isQueryAt, referredAt } from '../kinds.js';
import { lspRange } from '../positions.js';
import { queryCursor } from '../promql/cursor.js';
import { type Cursor, cursorAt } from '../yaml-cursor.js';
import { codeChoices, keyChoices, nameChoices, scalarChoices, takesMap } from './keys.js';
import { type Choice, queryChoices } from './query.js';

/**
 * What may be written at an offset of a spec file. The file may be half written; names come from the latest model there was.
 * @param model undefined where no look at the spec has led to one yet
 */
export function complete(
  source: SourceFile,
  offset: number,
  model: Model | undefined,
): readonly CompletionItem[] {
  const cursor = cursorAt(source.text, offset);
  if (cursor === undefined) return [];
  if (isQueryAt(cursor.path) && !isOtherLanguage(source, cursor.path))
    return inQuery(source, offset, cursor, model);
  const tree = parseWithoutSecrets(source).value;
  const plain: Plain = tree === undefined ? {} : plainValue(tree.root);
  const node = schemaAt(plain, cursor.path);
  if (cursor.at === 'key') {
    if (node === undefined) return [];
    const word = source.text.slice(cursor.start, offset);
    const present = withoutKey(valueAt(plain, cursor.path), keyAround(source, cursor, offset));
    const colon = /^[\w.]*\s*:/.test(source.text.slice(offset)) ? '' : ': ';
    const to = offset + (/^[\w.]*/.exec(source.text.slice(offset))?.[0].length ?? 0);
    if (/\s/.test(word)) return [];
    return placed(source, cursor.start, to, keyChoices(node, present), (text) => text + colon);
  }
  const kind = referredAt(cursor.path);
  const choices = [
    ...(kind === undefined || model === undefined ? [] : nameChoices(model, kind)),
    ...(isCode(cursor.path) ? codeChoices() : []),
    ...(node === undefined || (kind !== undefined && kind !== 'preset') || isCode(cursor.path)
      ? []
      : scalarChoices(node)),
  ].filter((choice) => !isTaken(plain, cursor.path, choice.label));
  const to = offset + (/^[\w.:-]*/.exec(source.text.slice(offset))?.[0].length ?? 0);
  const found = placed(source, cursor.start, to, choices);
  // Behind the dash of a list of maps a key may begin.
  const isItem = typeof cursor.path.at(-1) === 'number' && !cursor.isFlow;
  if (!isItem || node === undefined || !takesMap(node)) return found;
  return [...found, ...placed(source, cursor.start, to, keyChoices(node, undefined), (text) => `${text}: `)];
}

const isCode = (path: Path): boolean => path[0] === 'suppress' && path.at(-1) === 'code';

/** Panels of logs and traces ask in LogQL and TraceQL. */
function isOtherLanguage(source: SourceFile, path: Path): boolean {
  if (path[0] !== 'dashboards') return false;
  const tree = parseWithoutSecrets(source).value;
  const panel = tree && valueAt(plainValue(tree.root), path.slice(0, path.indexOf('panels') + 2));
  const type = childOf(panel, 'type');
  return type === 'logs' || type === 'traces';
}

function valueAt(root: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = root;
  for (const step of path) value = childOf(value, step);
  return value;
}

/** The key that is being written is offered although a parser saw it. */
function withoutKey(value: Plain | undefined, key: string): Plain | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function keyAround(source: SourceFile, { start }: Cursor, offset: number): string {
  return source.text.slice(start, offset) + (/^[\w.]*/.exec(source.text.slice(offset))?.[0] ?? '');
}

/** Whether a list holds a name already. */
function isTaken(plain: Plain, path: Path, name: string): boolean {
  const index = path.at(-1);
  const list = typeof index === 'number' ? valueAt(plain, path.slice(0, -1)) : undefined;
  return Array.isArray(list) && list.some((item, at) => item === name && at !== index);
}

function inQuery(
  source: SourceFile,
  offset: number,
  cursor: Cursor,
  model: Model | undefined,
): readonly CompletionItem[] {
  if (model === undefined) return [];
  const before = unescaped(source.text.slice(cursor.start, offset), cursor);
  const at = queryCursor(before);
  if (at === undefined) return [];
  const rest = /^[^\n]*/.exec(source.text.slice(offset))?.[0] ?? '';
  const choices = queryChoices(model, at, `${before} ${rest}`, { isSli: cursor.path[0] === 'slis' });
  const after = at.at === 'value' ? '' : (/^[\w:]*/.exec(source.text.slice(offset))?.[0] ?? '');
  // Values of a regular expression are alternatives: only the last is being written.
  const word = at.at === 'value' && at.operator.endsWith('~') ? (at.word.split('|').at(-1) ?? '') : at.word;
  return placed(source, offset - word.length, offset + after.length, choices);
}

/** Quotes of the YAML undone: what counts is what the query holds, and all words are as long there as in the file. */
function unescaped(raw: string, { style }: Cursor): string {
  if (style === 'single-quoted') return raw.replaceAll("''", "'");
  return style === 'double-quoted' ? raw.replaceAll(/\\(["\\/])/g, '$1') : raw;
}

function placed(
  source: SourceFile,
  start: number,
  end: number,
  choices: readonly Choice[],
  written: (text: string) => string = (text) => text,
): readonly CompletionItem[] {
  const range = lspRange({ source, start, end });
  return choices.map(({ insertText, ...choice }) => ({
    ...choice,
    filterText: choice.label,
    textEdit: { range, newText: written(insertText ?? choice.label) },
  }));
}
