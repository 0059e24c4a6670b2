import { ts } from 'ts-morph';
import type { CallCandidate } from '../../candidate.js';
import { calleeText } from '../../find/names.js';
import { timers } from './call-name.js';

/** A function among the arguments of a call. */
export interface Callback {
  /** The argument. */
  readonly node: ts.Expression;
  /** What it is called, where it is named and not written there: `handle`, `this.onMessage`; a function expression's own name. */
  readonly reference: string | undefined;
}

const likeCallbacks =
  /^(?:on|handle|process)[A-Z]|(?:[hH]andler|[cC]allback|[lL]istener|[pP]rocessor|[cC]onsumer|^cb|^fn)$/;

/** The callbacks of a call: functions written there, those of the file by name, methods of `this`, and what is named like one. */
export function callbacksOf(call: CallCandidate['node'], source: ts.SourceFile): readonly Callback[] {
  const given = call.arguments ?? [];
  const isTimer = timers.test(calleeText(call.expression, source) ?? '');
  return given.flatMap((node, index) => {
    if (isTimer && index > 0) return [];
    const callback = written(node) ?? named(node, source, isTimer || index === given.length - 1);
    return callback === undefined ? [] : [callback];
  });
}

/** A function that is written as the argument. The steps of a generator run when they are asked for, wherever that is. */
function written(node: ts.Expression): Callback | undefined {
  if (ts.isArrowFunction(node)) return { node, reference: undefined };
  if (!ts.isFunctionExpression(node) || node.asteriskToken !== undefined) return undefined;
  return { node, reference: node.name?.text };
}

function named(node: ts.Expression, source: ts.SourceFile, isExpected: boolean): Callback | undefined {
  if (ts.isIdentifier(node)) {
    const known = declarationOf(node, source);
    if (known === 'no function') return undefined;
    return known === 'function' || (isExpected && likeCallbacks.test(node.text))
      ? { node, reference: node.text }
      : undefined;
  }
  if (isOwnMethod(node)) return { node, reference: node.getText(source) };
  return isBound(node, source) ? { node, reference: undefined } : undefined;
}

/** What the file says of a name; undefined: nothing, or several things. */
function declarationOf(node: ts.Identifier, source: ts.SourceFile): 'function' | 'no function' | undefined {
  for (let scope: ts.Node = node.parent; ; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some(({ name }) => holds(name, node.text))) {
      // What a promise is settled with goes on in the context of those who wait for it.
      return isExecutor(scope, source) ? 'no function' : undefined;
    }
    for (const statement of statementsOf(scope)) {
      if (ts.isFunctionDeclaration(statement) && statement.name?.text === node.text)
        return statement.asteriskToken === undefined ? 'function' : 'no function';
      if (ts.isClassDeclaration(statement) && statement.name?.text === node.text) return 'no function';
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!holds(name, node.text)) continue;
        if (initializer === undefined || !ts.isIdentifier(name)) return undefined;
        return kindOf(initializer);
      }
    }
    if (ts.isSourceFile(scope)) return undefined;
  }
}

function kindOf(initializer: ts.Expression): 'function' | 'no function' | undefined {
  if (ts.isArrowFunction(initializer)) return 'function';
  if (ts.isFunctionExpression(initializer))
    return initializer.asteriskToken === undefined ? 'function' : 'no function';
  return ts.isLiteralExpression(initializer) || ts.isObjectLiteralExpression(initializer)
    ? 'no function'
    : undefined;
}

function statementsOf(scope: ts.Node): readonly ts.Statement[] {
  return ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isModuleBlock(scope) ? scope.statements : [];
}

function holds(name: ts.BindingName, wanted: string): boolean {
  if (ts.isIdentifier(name)) return name.text === wanted;
  return name.elements.some((each) => ts.isBindingElement(each) && holds(each.name, wanted));
}

/** `new Promise((resolve, reject) => …)`. */
function isExecutor({ parent }: ts.Node, source: ts.SourceFile): boolean {
  return ts.isNewExpression(parent) && parent.expression.getText(source) === 'Promise';
}

/** `this.onMessage`, `this.#load`, where the class says that it is a function. */
function isOwnMethod(node: ts.Expression): node is ts.PropertyAccessExpression {
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return false;
  let around: ts.Node = node.parent;
  while (!ts.isClassLike(around)) {
    if (ts.isSourceFile(around)) return false;
    around = around.parent;
  }
  const { text } = node.name;
  return around.members.some(
    (member) =>
      member.name !== undefined &&
      (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name)) &&
      member.name.text === text &&
      isFunctionMember(member),
  );
}

function isFunctionMember(member: ts.ClassElement): boolean {
  if (ts.isMethodDeclaration(member)) return member.asteriskToken === undefined;
  return (
    ts.isPropertyDeclaration(member) &&
    member.initializer !== undefined &&
    kindOf(member.initializer) === 'function'
  );
}

/** `this.run.bind(this)`, `queue.push.bind(queue)`: a function of its own, which nobody else can name. */
function isBound(node: ts.Expression, source: ts.SourceFile): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression: method, name } = node.expression;
  const [self] = node.arguments;
  if (name.text !== 'bind' || self === undefined || !ts.isPropertyAccessExpression(method)) return false;
  return (
    self.kind === ts.SyntaxKind.ThisKeyword || self.getText(source) === method.expression.getText(source)
  );
}
