import { ts } from 'ts-morph';

const {
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isStringLiteralLike,
} = ts;

/** `ts.SyntaxKind` is a getter, which shows where it is asked for every node. */
const kinds = ts.SyntaxKind;

/** The name that a member, property or variable is written with; undefined for a computed one that is no literal or symbol. */
export function nameText(name: ts.Node | undefined, source: ts.SourceFile): string | undefined {
  if (name === undefined) return undefined;
  switch (name.kind) {
    case kinds.Identifier:
    case kinds.PrivateIdentifier:
      return (name as ts.Identifier | ts.PrivateIdentifier).text;
    case kinds.StringLiteral:
    case kinds.NoSubstitutionTemplateLiteral:
    case kinds.NumericLiteral:
    case kinds.BigIntLiteral:
      return (name as ts.LiteralLikeNode).text;
    case kinds.ComputedPropertyName: {
      const { expression } = name as ts.ComputedPropertyName;
      if (isStringLiteralLike(expression) || isNumericLiteral(expression)) return expression.text;
      const text = calleeText(expression, source);
      return text === undefined ? undefined : `[${text}]`;
    }
    default:
      return undefined;
  }
}

/**
 * What is called, as written: `client.chat.completions.create`, without type arguments and `!`, with `?.` and `['literal']` as `.`;
 * undefined where it does not begin with a name: `(await client()).run`.
 */
export function calleeText(callee: ts.Node, source: ts.SourceFile): string | undefined {
  switch (callee.kind) {
    case kinds.Identifier:
    case kinds.PrivateIdentifier:
      return (callee as ts.Identifier | ts.PrivateIdentifier).text;
    case kinds.ThisKeyword:
      return 'this';
    case kinds.SuperKeyword:
      return 'super';
    case kinds.ImportKeyword:
      return 'import';
    case kinds.PropertyAccessExpression: {
      const { expression, name } = callee as ts.PropertyAccessExpression;
      const object = calleeText(expression, source);
      return object === undefined ? undefined : `${object}.${name.text}`;
    }
    case kinds.ElementAccessExpression: {
      const { expression, argumentExpression } = callee as ts.ElementAccessExpression;
      const object = calleeText(expression, source);
      if (object === undefined) return undefined;
      if (isStringLiteralLike(argumentExpression)) return `${object}.${argumentExpression.text}`;
      const index = calleeText(argumentExpression, source);
      return index === undefined ? `${object}[]` : `${object}[${index}]`;
    }
    case kinds.CallExpression: {
      const object = calleeText((callee as ts.CallExpression).expression, source);
      return object === undefined ? undefined : `${object}()`;
    }
    case kinds.NonNullExpression:
    case kinds.ParenthesizedExpression:
    case kinds.AsExpression:
    case kinds.SatisfiesExpression:
    case kinds.TypeAssertionExpression:
    case kinds.ExpressionWithTypeArguments:
    case kinds.AwaitExpression:
      return calleeText((callee as ts.ParenthesizedExpression).expression, source);
    case kinds.NewExpression: {
      const object = calleeText((callee as ts.NewExpression).expression, source);
      return object === undefined ? undefined : `new ${object}()`;
    }
    case kinds.StringLiteral:
    case kinds.NumericLiteral:
      return (callee as ts.LiteralLikeNode).text;
    case kinds.MetaProperty:
      return source.text.slice(callee.end - 'import.meta'.length, callee.end);
    default:
      return undefined;
  }
}

/** The expression with the parentheses, assertions and `!` around it: what its parent really holds. */
export function outermost(node: ts.Node): ts.Node {
  let outer = node;
  for (;;) {
    switch (outer.parent.kind) {
      case kinds.ParenthesizedExpression:
      case kinds.AsExpression:
      case kinds.SatisfiesExpression:
      case kinds.TypeAssertionExpression:
      case kinds.NonNullExpression:
        outer = outer.parent;
        break;
      default:
        return outer;
    }
  }
}

/** The name that an expression gets from what holds it: a variable, property, field, parameter or assignment, or `default`. */
export function holderName(expression: ts.Node, source: ts.SourceFile): string | undefined {
  const outer = outermost(expression);
  const { parent } = outer;
  switch (parent.kind) {
    case kinds.VariableDeclaration:
    case kinds.PropertyAssignment:
    case kinds.PropertyDeclaration:
    case kinds.Parameter:
    case kinds.BindingElement:
      return nameText((parent as ts.PropertyDeclaration).name, source);
    case kinds.ExportAssignment:
      return 'default';
    case kinds.BinaryExpression:
      return assignedName(parent as ts.BinaryExpression, outer, source);
    default:
      return undefined;
  }
}

/** `f`, `x.f` and `x['f']` of an assignment; `default` of `module.exports =`. */
function assignedName(
  assignment: ts.BinaryExpression,
  value: ts.Node,
  source: ts.SourceFile,
): string | undefined {
  if (assignment.right !== value || !isAssignment(assignment)) return undefined;
  const { left } = assignment;
  if (isIdentifier(left)) return left.text;
  if (isPropertyAccessExpression(left))
    return calleeText(left, source) === 'module.exports' ? 'default' : left.name.text;
  if (isElementAccessExpression(left)) return nameText(left.argumentExpression, source);
  return undefined;
}

/** `=`, `??=`, `||=` or `&&=`. */
export function isAssignment({ operatorToken }: ts.BinaryExpression): boolean {
  switch (operatorToken.kind) {
    case kinds.EqualsToken:
    case kinds.QuestionQuestionEqualsToken:
    case kinds.BarBarEqualsToken:
    case kinds.AmpersandAmpersandEqualsToken:
      return true;
    default:
      return false;
  }
}
