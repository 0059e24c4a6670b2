import { ts } from 'ts-morph';
import { endOf } from '../directives.js';
import { cut, type Cut, type Reading, type TakenOut } from './cut.js';
import { dedented } from './indentation.js';
import { belowEmptyLine, wholeLines } from './lines.js';

const suffix = 'Untraced';

/** `static { traceMethod(…); traceAccessor(…); }`, where it has nothing else in it. */
export function staticBlock(node: ts.ClassStaticBlockDeclaration, reading: Reading): TakenOut | undefined {
  const { source, text } = reading;
  const { statements } = node.body;
  const calls = statements.map((statement) => memberCall(statement, reading));
  if (calls.length === 0 || calls.includes(undefined)) return undefined;
  const stretch = wholeLines(text, { start: node.getStart(source), end: node.end }, true);
  const members = new Set(calls);
  const places = node.parent.members
    .filter((member) => members.has(keyOf(member, source)))
    .map((member) => member.getStart(source));
  return { cuts: [cut(stretch)], places };
}

/** What member a call of the block means, as `keyOf` writes it; undefined: the codemod writes no such statement. */
function memberCall(statement: ts.Statement, { source, helpers }: Reading): string | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const given =
    helpers.callOf(statement.expression, 'traceMethod') ??
    helpers.callOf(statement.expression, 'traceAccessor');
  const name = given?.at(-1);
  if (given === undefined || name === undefined) return undefined;
  const before = given.at(-2);
  const isAccessor = helpers.callOf(statement.expression, 'traceMethod') === undefined;
  const target = isAccessor ? given.at(-3) : before;
  if (target === undefined || !isTarget(target, classNameOf(statement))) return undefined;
  const kind = isAccessor && before !== undefined && ts.isStringLiteral(before) ? `${before.text} ` : '';
  const side = ts.isPropertyAccessExpression(target) ? '' : 'static ';
  return `${side}${kind}${ts.isStringLiteral(name) ? name.text : `[${name.getText(source)}]`}`;
}

/** A method or accessor with a body: `static run`, `get size`, `[Symbol.iterator]`. */
function keyOf(member: ts.ClassElement, source: ts.SourceFile): string | undefined {
  const isAccessor = ts.isGetAccessorDeclaration(member) || ts.isSetAccessorDeclaration(member);
  if ((!ts.isMethodDeclaration(member) && !isAccessor) || member.body === undefined) return undefined;
  const kind = !isAccessor ? '' : ts.isGetAccessorDeclaration(member) ? 'get ' : 'set ';
  const isStatic =
    member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) === true;
  const { name } = member;
  const text = ts.isComputedPropertyName(name)
    ? ts.isStringLiteralLike(name.expression)
      ? name.expression.text
      : name.getText(source)
    : name.text;
  return `${isStatic ? 'static ' : ''}${kind}${text}`;
}

/** The name of the class whose static block a statement stands in. */
function classNameOf({ parent }: ts.Node): string | undefined {
  const owner = parent.parent.parent;
  return ts.isClassLike(owner) ? owner.name?.text : undefined;
}

/** `this` or the name of the class, itself or with `.prototype`. */
function isTarget(node: ts.Expression, className: string | undefined): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isIdentifier(node)) return node.text === className;
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'prototype' &&
    !ts.isPropertyAccessExpression(node.expression) &&
    isTarget(node.expression, className)
  );
}

/** `@traced(…)` on a method, with the white space behind it. */
export function decorator(node: ts.Decorator, { source, text, helpers }: Reading): TakenOut | undefined {
  if (!ts.isMethodDeclaration(node.parent) || helpers.callOf(node.expression, 'traced') === undefined)
    return undefined;
  let { end } = node;
  while (isSpace(text[end])) end += 1;
  const start = node.getStart(source);
  const isFirst = node.parent.getStart(source) === start;
  return { cuts: [cut({ start, end })], places: [isFirst ? end : node.parent.getStart(source)] };
}

/** `get #run() { return tracePrivate(…, this.#runUntraced); }`, and the name that it has taken from the method. */
export function privateGetter(node: ts.GetAccessorDeclaration, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  if (!ts.isPrivateIdentifier(node.name) || !ts.isClassLike(node.parent)) return undefined;
  const [statement, ...others] = node.body?.statements ?? [];
  if (statement === undefined || others.length > 0 || !ts.isReturnStatement(statement)) return undefined;
  const method = helpers.callOf(statement.expression, 'tracePrivate')?.at(-1);
  if (method === undefined || !ts.isPropertyAccessExpression(method)) return undefined;
  const name = `${node.name.text}${suffix}`;
  if (method.name.text !== name) return undefined;
  const declarations = node.parent.members.filter(
    (member) => member.name !== undefined && ts.isPrivateIdentifier(member.name) && member.name.text === name,
  );
  const renamed = declarations.map(({ name: declared }): Cut => {
    const end = declared?.end ?? 0;
    return cut({ start: end - suffix.length, end });
  });
  const getter = cut(belowEmptyLine(text, { start: node.getStart(source), end: node.end }));
  return { cuts: [...renamed, getter], places: declarations.slice(-1).map((each) => each.getStart(source)) };
}

/** `traceConstruction(…).end();` in a constructor that has nothing else behind `super()`. */
export function aloneConstruction(node: ts.ExpressionStatement, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  const call = node.expression;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { expression, name } = call.expression;
  if (name.text !== 'end' || helpers.callOf(expression, 'traceConstruction') === undefined) return undefined;
  const stretch = wholeLines(text, { start: node.getStart(source), end: endOf(text, node) }, false);
  return { cuts: [cut(stretch)], places: [node.parent.parent.getStart(source)] };
}

/** `const span = traceConstruction(…); try { … } catch (error) { throw span.failed(error); } finally { span.end(); }`. */
export function construction(node: ts.VariableStatement, reading: Reading): TakenOut | undefined {
  const { source, text, helpers } = reading;
  const [declaration] = node.declarationList.declarations;
  if (helpers.callOf(declaration?.initializer, 'traceConstruction') === undefined) return undefined;
  const body = node.parent;
  if (!ts.isBlock(body) || !ts.isConstructorDeclaration(body.parent)) return undefined;
  const next = body.statements[body.statements.indexOf(node) + 1];
  const span = declaration?.name.getText(source);
  if (next === undefined || span === undefined || !isSpanTry(next, span)) return undefined;
  const { tryBlock } = next;
  const [first] = tryBlock.statements;
  const open = wholeLines(text, { start: node.getStart(source), end: tryBlock.getStart(source) + 1 }, false);
  const close = wholeLines(text, { start: tryBlock.end - 1, end: next.end }, false);
  const isShared = close.end === next.end;
  return {
    cuts: [
      cut(open),
      ...(first === undefined
        ? []
        : dedented(tryBlock, next.getStart(source), first.getStart(source), reading)),
      cut(isShared ? { start: tryBlock.end - 1, end: next.end + (text[next.end] === ' ' ? 1 : 0) } : close),
    ],
    places: [body.parent.getStart(source)],
  };
}

function isSpanTry(node: ts.Statement, span: string): node is ts.TryStatement {
  if (!ts.isTryStatement(node)) return false;
  const thrown = node.catchClause?.block.statements[0];
  const ended = node.finallyBlock?.statements[0];
  return (
    thrown !== undefined &&
    ts.isThrowStatement(thrown) &&
    isMethodCall(thrown.expression, span, 'failed') &&
    ended !== undefined &&
    ts.isExpressionStatement(ended) &&
    isMethodCall(ended.expression, span, 'end') &&
    node.catchClause?.block.statements.length === 1 &&
    node.finallyBlock?.statements.length === 1
  );
}

function isMethodCall(node: ts.Expression, object: string, method: string): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return ts.isIdentifier(expression) && expression.text === object && name.text === method;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
