import { ts } from 'ts-morph';
import { endOf, isDirective } from './directives.js';

const {
  forEachChild,
  isExportAssignment,
  isExportDeclaration,
  isExpressionStatement,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isPropertyDeclaration,
  isReturnStatement,
  isThrowStatement,
  isTypeAliasDeclaration,
  isVariableStatement,
} = ts;

/** Line ends of a text: those of its first line. */
export function newlineOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** One step of indentation: what the first line after an opening brace has more than the brace's own line. */
export function indentOf(text: string): string {
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    let next = at + 1;
    if (text[next] === '\r') next += 1;
    if (text[next] !== '\n') continue;
    const step = indentationAt(text, next + 1);
    const own = indentationAt(text, text.lastIndexOf('\n', at) + 1);
    if (step.length > own.length && step.startsWith(own)) return step.slice(own.length);
  }
  return '  ';
}

/** The white space that a line begins with. */
export function indentationAt(text: string, lineStart: number): string {
  let end = lineStart;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(lineStart, end);
}

/** Quotes of a file: those of its first directive or import, else those that are more frequent where a string can begin. */
export function quoteOf(source: ts.SourceFile): "'" | '"' {
  for (const statement of source.statements) {
    if (isDirective(statement)) return quoteAt(source, statement.expression);
    if (!isImportDeclaration(statement) && !isExportDeclaration(statement)) continue;
    const specifier = statement.moduleSpecifier;
    if (specifier !== undefined) return quoteAt(source, specifier);
  }
  const double = beginnings(source.text, '"');
  return double > 0 && double > beginnings(source.text, "'") ? '"' : "'";
}

function quoteAt({ text }: ts.SourceFile, { end }: ts.Expression): "'" | '"' {
  return text[end - 1] === '"' ? '"' : "'";
}

function beginnings(text: string, quote: string): number {
  let count = 0;
  for (const before of ['(', '= ', ': ', '[', ', ', 'return ', '\n'])
    for (let at = text.indexOf(before + quote); at >= 0; at = text.indexOf(before + quote, at + 2))
      count += 1;
  return count;
}

/** Whether a file ends its statements with semicolons: as its first statement does that could go without. */
export function hasSemicolons(source: ts.SourceFile): boolean {
  return semicolonIn(source, source.statements, 3) ?? true;
}

function semicolonIn(source: ts.SourceFile, nodes: readonly ts.Node[], depth: number): boolean | undefined {
  for (const node of nodes) {
    if (endsWithSemicolon(node)) return source.text[endOf(source.text, node) - 1] === ';';
  }
  if (depth === 0) return undefined;
  for (const node of nodes) {
    const inner: ts.Node[] = [];
    forEachChild(node, (child) => void inner.push(child));
    const answer = semicolonIn(source, inner, depth - 1);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function endsWithSemicolon(node: ts.Node): boolean {
  return (
    isImportDeclaration(node) ||
    isVariableStatement(node) ||
    isExpressionStatement(node) ||
    isReturnStatement(node) ||
    isThrowStatement(node) ||
    isExportAssignment(node) ||
    isExportDeclaration(node) ||
    isImportEqualsDeclaration(node) ||
    isPropertyDeclaration(node) ||
    isTypeAliasDeclaration(node)
  );
}
