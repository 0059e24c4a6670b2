import { ts } from 'ts-morph';
import type { FunctionNode } from '../../candidate.js';

const { isBlock, isExpressionStatement, isStringLiteral } = ts;

/** The directive that a function's body begins with: `use server`, `use cache`, `use strict`. */
export function directiveOf({ body }: FunctionNode, source: ts.SourceFile): string | undefined {
  if (body === undefined || !isBlock(body)) return undefined;
  let strict: string | undefined;
  for (const statement of body.statements) {
    if (!isExpressionStatement(statement) || !isStringLiteral(statement.expression)) break;
    const { text } = statement.expression;
    if (text !== 'use strict') return text;
    strict = source.text.slice(statement.expression.getStart(source) + 1, statement.expression.end - 1);
  }
  return strict;
}
