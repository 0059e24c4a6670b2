import { ts } from 'ts-morph';
import { quoted, type FileContext } from '../../file-context.js';

const {
  isBigIntLiteral,
  isComputedPropertyName,
  isIdentifier,
  isNumericLiteral,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
} = ts;

/**
 * The argument that names a member: `'run'`, `'not-an-identifier'`, `Symbol.asyncIterator`. Undefined for names that are worked out:
 * naming them again would work them out again.
 */
export function memberNameText(name: ts.PropertyName, context: FileContext): string | undefined {
  const literal = literalName(name);
  if (literal !== undefined) return quoted(context, literal);
  if (!isComputedPropertyName(name) || !isReference(name.expression)) return undefined;
  return name.expression.getText(context.source);
}

/** What tells members apart: their name, as far as the code says it. */
export function memberKey(name: ts.PropertyName, source: ts.SourceFile): string {
  const literal = literalName(name);
  return literal === undefined ? `[${name.getText(source)}]` : literal;
}

function literalName(name: ts.PropertyName): string | undefined {
  if (isComputedPropertyName(name)) {
    const { expression } = name;
    if (isStringLiteralLike(expression) || isNumericLiteral(expression)) return expression.text;
    return undefined;
  }
  if (isBigIntLiteral(name)) return name.text.replace(/n$/, '');
  return name.text;
}

/** `key`, `Symbol.iterator`, `Kind.Run`: it can be read again. */
function isReference(expression: ts.Expression): boolean {
  let inner = expression;
  while (isPropertyAccessExpression(inner)) {
    if (inner.questionDotToken !== undefined || isPrivateIdentifier(inner.name)) return false;
    inner = inner.expression;
  }
  return isIdentifier(inner) && inner.text !== 'arguments' && inner.text !== 'await';
}
