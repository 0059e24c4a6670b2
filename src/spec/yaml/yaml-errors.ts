import type { YAMLError } from 'yaml';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import { lowerFirst } from '../quote.js';
import { missingColon, missingColonFault } from './missing-colon.js';
import { rangeOf } from './scalar-text.js';
import type { Span } from './tokens.js';

/**
 * How far the tree is from what was meant: not at all (`none`), in the entry that holds the fault (`entry`), or anywhere behind it
 * (`file`).
 */
export type Damage = 'none' | 'entry' | 'file';

/** A fault of the YAML and what it did to the tree. */
export interface SyntaxFault {
  readonly diagnostic: Diagnostic;
  readonly damage: Damage;
  /** A key that was meant and that the tree has under another name. */
  readonly key?: Span;
}

interface Wording {
  readonly match: RegExp;
  readonly damage?: Damage;
  readonly message: string;
  readonly help: string;
}

/** Errors of the YAML parser in the words of this project, and what usually is behind them. */
const wordings: readonly Wording[] = [
  {
    match: /^Nested mappings are not allowed/,
    message: 'a second `key: value` on one line',
    help: 'put quotes around a text that holds a colon and a space; put keys of a map on lines of their own',
  },
  {
    match: /^Implicit keys need to be on a single line|^Implicit keys of flow/,
    message: 'this line is neither a key nor the continuation of a text',
    help: 'write `key: value`, with a space behind the colon; indent the lines of a long text, or start it with |',
  },
  {
    match: /^Implicit map keys need to be followed/,
    message: 'a key without a colon',
    help: 'write `key: value`, with a space behind the colon; indent the lines of a long text, or start it with |',
  },
  {
    match: /must start at the same column/,
    message: 'the indentation fits no entry above',
    help: 'start the entries of a map or a list at the same column',
  },
  {
    match: /^Missing , or : between|^Missing , between/,
    message: 'a comma or a colon is missing here',
    help: 'separate entries by commas; put quotes around a text that holds brackets, braces or commas',
  },
  {
    match: /^Missing space after :/,
    message: 'a space is missing behind the colon',
    help: 'write `key: value`',
  },
  {
    match: /^Unexpected , in|^Unexpected empty item/,
    damage: 'none',
    message: 'nothing stands before this comma',
    help: 'remove the comma',
  },
  {
    match: /^Plain value cannot start with/,
    damage: 'none',
    message: 'a text cannot start with this character unless it stands in quotes',
    help: "put it in single quotes: '...'",
  },
  {
    match: /^Invalid escape sequence/,
    damage: 'none',
    message: 'this is no escape sequence of YAML',
    help: 'write \\\\ for a backslash, or use single quotes, in which a backslash is a character like any other',
  },
  {
    match: /^Comments must be separated/,
    damage: 'none',
    message: 'a comment needs a space before its #',
    help: 'put a space before the #, or put the text in quotes',
  },
  {
    match: /^Unexpected .*(?:at node end|in YAML stream|in YAML document)|^Not a YAML token/,
    message: 'this does not belong to the value before it',
    help: 'put quotes around the whole value, or remove what is left over',
  },
  {
    match: /^Block scalar (?:header|lines|values)|^Block scalars with/,
    message: 'the block of text is not indented as its first line says',
    help: 'indent all lines of the block by the same number of spaces',
  },
  {
    match: /^Block (?:collection|sequence)|^Blocks are not allowed|^Unexpected block-seq-ind/,
    message: 'a list or map in block style cannot start here',
    help: 'start it on a line of its own, indented, or use [ ] and { }',
  },
  {
    match: /^Sequence item without/,
    message: 'an item of a list without its dash',
    help: 'start each item with `- `',
  },
  {
    match: /^Document |must be separated|directives-end|doc-start|doc-end/,
    message: 'this is not valid YAML',
    help: 'write one document of keys and values',
  },
];

const isTab = (error: YAMLError): boolean => error.code === 'TAB_AS_INDENT';
/** Reported from the tokens, at the opening quote or bracket instead of at the end of the file. */
const isUnclosed = /^Missing closing|must end with a|sufficiently indented and end with/;
/** Where the parser gave up waiting for the end of each bracket that is never closed. */
export const endsOfOpenBrackets = (errors: readonly YAMLError[]): readonly number[] =>
  errors.flatMap(({ message, pos }) => (/ end with a [}\]]/.test(message) ? [pos[0]] : []));
/** Behind a bracket too much the document is over for the parser, and everything that follows is an error: one says enough. */
const isLeftOver = /in YAML (?:stream|document)/;
const isProperty = /tag|anchor|alias/i;

/**
 * The errors of the parser as diagnostics, one for each line: what follows on the same line is a consequence of the first.
 * @param covered spans in which everything was reported already
 * @param mended errors that the tree no longer has
 */
export function yamlErrors(
  source: SourceFile,
  errors: readonly YAMLError[],
  covered: readonly Span[],
  mended: ReadonlySet<YAMLError>,
): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const lines = new Set<number>();
  let leftOver = false;
  const lineOf = (offset: number): number => source.position(offset).line;
  for (const { start, end } of covered) {
    lines.add(lineOf(start));
    lines.add(lineOf(end));
  }
  const ordered = [...errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const startsOf = (wanted: string) =>
    new Set(ordered.flatMap(({ code, pos }) => (code === wanted ? [pos[0]] : [])));
  const overIndented = startsOf('BLOCK_AS_IMPLICIT_KEY');
  const wrapped = startsOf('MULTILINE_IMPLICIT_KEY');
  let explained = -1;
  for (const error of ordered) {
    if (error.pos[0] < explained) continue;
    const colon = error.code === 'MULTILINE_IMPLICIT_KEY' ? missingColon(source, error.pos[0]) : undefined;
    if (colon !== undefined) {
      faults.push(missingColonFault(source, colon));
      explained = colon.end;
      continue;
    }
    if (isUnclosed.test(error.message) || isProperty.test(error.message)) continue;
    const isOverIndented = error.code === 'MULTILINE_IMPLICIT_KEY' && overIndented.has(error.pos[0]);
    if (isOverIndented) {
      faults.push(overIndentedKey(source, error));
      continue;
    }
    const start = Math.min(error.pos[0], source.text.length);
    const line = lineOf(start);
    if (lines.has(line)) continue;
    if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && wrapped.has(error.pos[0])) continue;
    lines.add(line);
    const end = Math.max(start, Math.min(error.pos[1], endOfLine(source.text, start)));
    const isBehindEnd = isLeftOver.test(error.message);
    if (isBehindEnd && leftOver) continue;
    leftOver ||= isBehindEnd;
    const fault = isTab(error)
      ? ({ diagnostic: tabDiagnostic(source, start), damage: 'entry' } as const)
      : worded(error, rangeOf(source, start, end), isBehindEnd);
    faults.push(mended.has(error) ? { ...fault, damage: 'none' } : fault);
  }
  return faults;
}

/** The key on the line below a text that the parser took together with it for one key over two lines. */
function overIndentedKey(source: SourceFile, { pos }: YAMLError): SyntaxFault {
  const key = source.text.slice(pos[0], pos[1]);
  const line = key.lastIndexOf('\n') + 1;
  const start = pos[0] + line + (key.slice(line).length - key.slice(line).trimStart().length);
  return {
    diagnostic: diagnostic('OBS1006', {
      message: 'this line is indented as if it went on with the text above it',
      range: rangeOf(source, start, Math.max(start, pos[1])),
      help: 'start the entries of a map at the same column',
    }),
    damage: 'entry',
  };
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function worded(error: YAMLError, range: Range, isBehindEnd: boolean): SyntaxFault {
  const wording = wordings.find(({ match }) => match.test(error.message));
  // The parser quotes the file behind a colon: what it says may be shown, what stands in the file may be a secret.
  const said = lowerFirst(error.message.split(/[:"]/, 1)[0] ?? '');
  const message = wording?.message ?? `this is not valid YAML: ${said}`;
  const damage = isBehindEnd ? 'file' : (wording?.damage ?? 'entry');
  return { diagnostic: diagnostic('OBS1006', { message, range, help: wording?.help }), damage };
}

function tabDiagnostic(source: SourceFile, at: number): Diagnostic {
  let start = at;
  while (source.text[start] !== '\t' && start < source.text.length && source.text[start] !== '\n') start += 1;
  if (source.text[start] !== '\t') start = at;
  return diagnostic('OBS1014', {
    message: 'a tab in the indentation',
    range: rangeOf(source, start, start + 1),
    help: 'indent with spaces: YAML does not say how wide a tab is',
  });
}
