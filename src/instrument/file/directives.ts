import { ts } from 'ts-morph';

const { isExpressionStatement, isStringLiteral } = ts;

/** The directives that a file begins with: `"use strict"`, `"use client"`. */
export function directivesOf(source: ts.SourceFile): readonly ts.ExpressionStatement[] {
  const found: ts.ExpressionStatement[] = [];
  for (const statement of source.statements) {
    if (!isDirective(statement)) break;
    found.push(statement);
  }
  return found;
}

/** A statement that is nothing but a string. */
export function isDirective(statement: ts.Statement): statement is ts.ExpressionStatement {
  return isExpressionStatement(statement) && isStringLiteral(statement.expression);
}

/** Whether a file begins with a certain directive. */
export function hasDirective(source: ts.SourceFile, directive: string): boolean {
  return directivesOf(source).some(
    ({ expression }) => isStringLiteral(expression) && expression.text === directive,
  );
}

/** Where a statement ends, without a semicolon that protects the line after it: `run()` newline `;[1].map(f)`. */
export function endOf(text: string, node: ts.Node): number {
  if (text[node.end - 1] !== ';') return node.end;
  let at = node.end - 1;
  while (at > node.pos && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return text.slice(at, node.end).includes('\n') ? at : node.end;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
