import { ts } from 'ts-morph';
import { directivesOf, endOf, isDirective } from './directives.js';

const {
  getLeadingCommentRanges,
  isCallExpression,
  isExportDeclaration,
  isExpressionStatement,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isPropertyAccessExpression,
  isVariableStatement,
} = ts;

/** Where an import goes, and what has to stand around its text. */
export interface ImportPlace {
  readonly at: number;
  /** `line after`: on a line of its own below what ends here. `first`: at the start of a line, with a blank line below. `inline`: on the same line. */
  readonly kind: 'line after' | 'first' | 'inline';
}

/** Comments that have to come before all code, or that belong to the file rather than to its first statement. */
const ofTheFile =
  /^\/\/\/|^\/\*!|^\/\* eslint|@ts-check|@ts-nocheck|@jsx|@flow|@licen[cs]e|@preserve|@file|@packageDocumentation|@module\b|@format|@prettier|@vitest-environment|@jest-environment|ignore file|copyright|licensed under|SPDX-/i;
const ofTheNextLine = /@ts-ignore|@ts-expect-error|-next-line|ignore next/;

/**
 * The place of an import: after the last import of the file's first group of them; where there is none, after what has to stay first
 * (shebang, directives, licence, pragmas) and before the first statement with its comments.
 * @param isHoisted whether imports run before the code above them; where they do not, only imports before all code count
 */
export function importPlace(source: ts.SourceFile, isHoisted: boolean): ImportPlace {
  const last = lastOfFirstGroup(source.statements, isHoisted);
  if (last !== undefined) return after(source.text, endOf(source.text, last));
  return beforeCode(source);
}

/** Imports, also by `import x = require()` and by `const x = require()`. */
export function isImport(statement: ts.Statement): boolean {
  return (
    isImportDeclaration(statement) ||
    (isImportEqualsDeclaration(statement) && isExternalModuleReference(statement.moduleReference)) ||
    isRequire(statement)
  );
}

/** `const { a } = require('b')`, also `require('b').c`, `require('b')(app)` and `require('b')` for its effects. */
export function isRequire(statement: ts.Statement): boolean {
  if (isExpressionStatement(statement)) return isRequireCall(statement.expression);
  if (!isVariableStatement(statement)) return false;
  const { declarations } = statement.declarationList;
  return declarations.length > 0 && declarations.every(({ initializer }) => isRequireCall(initializer));
}

function isRequireCall(expression: ts.Expression | undefined): boolean {
  let inner = expression;
  while (inner !== undefined && (isPropertyAccessExpression(inner) || isCallExpression(inner))) {
    if (isCallExpression(inner) && isIdentifier(inner.expression) && inner.expression.text === 'require')
      return true;
    inner = inner.expression;
  }
  return false;
}

function lastOfFirstGroup(statements: readonly ts.Statement[], isHoisted: boolean): ts.Statement | undefined {
  let last: ts.Statement | undefined;
  for (const statement of statements) {
    if (isImport(statement)) last = statement;
    else if (last !== undefined) {
      if (!isExportDeclaration(statement)) break;
    } else if (!isHoisted && !isDirective(statement)) break;
  }
  return last;
}

/** Behind an end: on the next line where nothing but a comment follows on this one. */
function after(text: string, end: number): ImportPlace {
  const lineEnd = lineEndFrom(text, end);
  const rest = text.slice(end, lineEnd).trim();
  const isComment =
    rest.startsWith('//') || (rest.startsWith('/*') && rest.indexOf('*/') === rest.length - 2);
  return rest === '' || isComment ? { at: lineEnd, kind: 'line after' } : { at: end, kind: 'inline' };
}

/** Where a line ends, before its line end. */
function lineEndFrom(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' && newline > at ? newline - 1 : newline;
}

function beforeCode(source: ts.SourceFile): ImportPlace {
  const { text } = source;
  const directive = directivesOf(source).at(-1);
  const begin = directive === undefined ? (ts.getShebang(text)?.length ?? 0) : endOf(text, directive);
  if (directive !== undefined) {
    const place = after(text, begin);
    if (place.kind === 'inline') return place;
  }
  const comments = getLeadingCommentRanges(text, begin) ?? [];
  let at = lineStart(text, skipSpace(text, begin === 0 ? 0 : nextLine(text, begin)));
  for (const [index, comment] of comments.entries()) {
    const content = text.slice(comment.pos, comment.end);
    if (ofTheNextLine.test(content)) break;
    const next = comments[index + 1]?.pos ?? skipSpace(text, comment.end);
    const lines = text.slice(comment.end, next).split('\n').length - 1;
    if (lines === 0) break;
    if (lines > 1) at = lineStart(text, next);
    else if (ofTheFile.test(content)) at = nextLine(text, comment.end);
  }
  return { at, kind: 'first' };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** Start of the line after the one of an offset; the end of the text where there is none. */
function nextLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}
