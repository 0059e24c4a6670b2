import { ts } from 'ts-morph';
import type { FunctionNode } from '../../candidate.js';
import { continuesBelow } from '../../shapes/functions/line-ends.js';
import { endOf, isDirective } from '../directives.js';
import { isImport } from '../import-place.js';
import { cut, type Cut, type Reading, type TakenOut } from './cut.js';
import { dedented } from './indentation.js';
import type { Helpers } from './marks.js';
import { backOverBlanks, beginsLine, belowLine, wholeLines } from './lines.js';

/** What stands above an assignment that TypeScript would not have. */
const expectError = '@ts-expect-error: a function is given its traced form';

/** `(f as unknown) = traceFunction(…, 'f', f);`, `f = traceFunction(…, 'f', f);`, with the comment above it. */
export function assignment(node: ts.ExpressionStatement, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  const { expression } = node;
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const given = helpers.callOf(expression.right, 'traceFunction');
  const last = given?.at(-1);
  const target = unwrapped(expression.left);
  if (last === undefined || !ts.isIdentifier(last) || !ts.isIdentifier(target) || last.text !== target.text)
    return undefined;
  const comment = (ts.getLeadingCommentRanges(text, node.pos) ?? []).at(-1);
  const isOurs = comment !== undefined && text.slice(comment.pos, comment.end).includes(expectError);
  const start = isOurs ? comment.pos : node.getStart(source);
  // A file without semicolons protects the line by one before it, which the parser takes for a statement of its own.
  const stretch = {
    start: text[start - 1] === ';' && beginsLine(text, start - 1) ? start - 1 : start,
    end: endOf(text, node),
  };
  const declaration = declarationOf(node, target.text);
  const naming = isDefaultName(given?.at(-2), target) ? namingCuts(declaration, reading) : [];
  return {
    cuts: [
      cut(isFirst(node, reading) ? wholeLines(text, stretch, false) : belowLine(text, stretch)),
      ...naming,
    ],
    places: [declaration?.getStart(source) ?? start],
  };
}

/** Whether a line stands before all code of a file that had no imports: it was put in at the start of a line, not below one. */
function isFirst(node: ts.ExpressionStatement, { source, helpers }: Reading): boolean {
  if (node.parent !== source) return false;
  const { statements } = source;
  let index = statements.indexOf(node) - 1;
  for (; index >= 0; index -= 1) {
    const statement = statements[index];
    if (statement === undefined || !(ts.isEmptyStatement(statement) || isAssignment(statement, helpers)))
      break;
  }
  const anchor = statements[index];
  if (anchor === undefined || isDirective(anchor)) return true;
  const previous = statements[index - 1];
  return helpers.isMark(anchor) && (previous === undefined || !isImport(previous));
}

function isAssignment(statement: ts.Statement, helpers: Helpers): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false;
  return helpers.callOf(statement.expression.right, 'traceFunction') !== undefined;
}

function declarationOf({ parent }: ts.Node, name: string): ts.FunctionDeclaration | undefined {
  const { statements } = parent as { readonly statements?: readonly ts.Statement[] };
  return statements?.find(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) && statement.body !== undefined && statement.name?.text === name,
  );
}

/** Whether a function that had no name was given one, to be assigned to. */
function isDefaultName(runtimeName: ts.Expression | undefined, target: ts.Identifier): boolean {
  if (runtimeName === undefined || !ts.isStringLiteral(runtimeName) || runtimeName.text !== 'default')
    return false;
  return /^_*defaultFunction$/.test(target.text);
}

function namingCuts(
  declaration: ts.FunctionDeclaration | undefined,
  { source, text }: Reading,
): readonly Cut[] {
  if (declaration?.name === undefined) return [];
  const start = declaration.name.getStart(source);
  return [cut({ start: backOverBlanks(text, start), end: declaration.name.end })];
}

/** What a parenthesis or an assertion is around. */
function unwrapped(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return unwrapped(node.expression);
  return node;
}

/** `traceFunction(…, 'f', function)`, and `traceFunction(…, 'f', f)(…)` around what is called. */
export function wrappedFunction(node: ts.CallExpression, reading: Reading): TakenOut | undefined {
  const { source, helpers } = reading;
  const given = helpers.callOf(node, 'traceFunction');
  const last = given?.at(-1);
  const name = given?.at(-2);
  if (last === undefined || name === undefined || !ts.isStringLiteral(name)) return undefined;
  const isCalled = ts.isCallExpression(node.parent) && node.parent.expression === node;
  const isOurs =
    ts.isArrowFunction(last) || ts.isFunctionExpression(last) || (isCalled && ts.isIdentifier(last));
  return isOurs ? { cuts: around(node, last, reading), places: [last.getStart(source)] } : undefined;
}

/** `traceMember(…, object, 'create')(…)`. What stands between the object and the comma stood before the dot. */
export function wrappedMember(node: ts.CallExpression, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  const given = helpers.callOf(node, 'traceMember');
  const object = given?.at(-2);
  const name = given?.at(-1);
  if (object === undefined || name === undefined || !ts.isStringLiteral(name)) return undefined;
  if (!ts.isCallExpression(node.parent) || node.parent.expression !== node) return undefined;
  const start = object.getStart(source);
  const comma = text.indexOf(',', object.end);
  return {
    cuts: [
      cut({ start: startOf(node, reading), end: start }),
      { start: comma, end: node.end, text: `.${name.text}` },
    ],
    places: [start],
  };
}

/** Everything of an expression but the function, or the body of one, that it was put around. */
function around(node: ts.Expression, inner: ts.Node, reading: Reading): readonly Cut[] {
  return [
    cut({ start: startOf(node, reading), end: inner.getStart(reading.source) }),
    cut({ start: inner.end, end: node.end + (isProtected(node, reading) ? 2 : 0) }),
  ];
}

/** Where a call begins, with the comment that keeps it apart from a word before it. */
function startOf(node: ts.Expression, { source, text }: Reading): number {
  const start = node.getStart(source);
  const isGlued =
    text.endsWith('/**/', start) && /[$\p{ID_Continue}]|, /u.test(text.slice(start - 6, start - 4));
  return isGlued ? start - '/**/'.length : start;
}

/**
 * Whether a semicolon behind a call was put there with it, a blank before it: a function's brace ends its statement before a line that
 * begins with a bracket, and the call's does not.
 */
function isProtected({ end }: ts.Expression, { text }: Reading): boolean {
  return text.startsWith(' ;', end) && continuesBelow(text, end + 2);
}

/** A function whose body was put into `traceCall(…, () => …)`, awaited where it is async. */
export function wrappedBody(node: FunctionNode, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  const { body } = node;
  if (body === undefined) return undefined;
  const whole = ts.isBlock(body) ? onlyExpression(body) : body;
  const call = whole !== undefined && ts.isAwaitExpression(whole) ? whole.expression : whole;
  const inner = helpers.callOf(call, 'traceCall')?.at(-1);
  if (whole === undefined || inner === undefined || !ts.isArrowFunction(inner) || inner.parameters.length > 0)
    return undefined;
  const places = [node.getStart(source)];
  if (!ts.isBlock(body)) return { cuts: around(whole, inner.body, reading), places };
  if (!ts.isBlock(inner.body)) return undefined;
  const open = body.getStart(source) + 1;
  const moved = body.statements[0]?.getStart(source) ?? open;
  const isBroken = text.slice(open, moved).includes('\n');
  return {
    cuts: [
      cut({ start: open, end: inner.body.getStart(source) + 1 }),
      ...(isBroken ? dedented(inner.body, open - 1, moved, reading) : []),
      cut({ start: inner.body.end - 1, end: body.end - 1 }),
    ],
    places,
  };
}

/** What a body consists of, returned or not. */
function onlyExpression({ statements }: ts.Block): ts.Expression | undefined {
  const [statement, ...others] = statements;
  if (statement === undefined || others.length > 0) return undefined;
  return ts.isReturnStatement(statement) || ts.isExpressionStatement(statement)
    ? statement.expression
    : undefined;
}
