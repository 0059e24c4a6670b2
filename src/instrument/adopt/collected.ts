import { ts } from 'ts-morph';
import { recordingMethods } from './call-forms.js';
import type { Definition } from './definitions.js';
import { innermost } from './expressions.js';
import type { Obstacle } from './left-alone.js';

/** A gauge that is read at each scrape, in a form that helpers have as well. */
export interface Collected {
  /** What gives the value. */
  readonly value: ts.Expression;
  /** The variable that holds the gauge, with its statement; undefined: nothing does. */
  readonly held: { readonly name: string; readonly statement: ts.VariableStatement } | undefined;
}

const tooMuch: Obstacle = {
  reason: 'it is read at each scrape by a `collect` that does more than set one value',
  help: 'put the helper in its place by hand, with observe(() => …)',
};

/** What `collect() { this.set(value); }` reads; an obstacle where it is anything else. */
export function collectedOf(definition: Definition): Collected | Obstacle | undefined {
  const { collect, node, type, labelNames } = definition;
  if (collect === undefined) return undefined;
  const body = bodyOf(collect);
  const [statement, ...others] = body?.statements ?? [];
  if (type !== 'gauge' || labelNames?.length !== 0 || others.length > 0) return tooMuch;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return tooMuch;
  const held = holderOf(node);
  if (held === undefined && !ts.isExpressionStatement(node.parent)) return tooMuch;
  const call = statement.expression;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return tooMuch;
  const { expression: object, name } = call.expression;
  const isItself =
    object.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(object) && object.text === held?.name);
  const [value, ...more] = call.arguments;
  if (!isItself || name.text !== 'set' || value === undefined || more.length > 0) return tooMuch;
  return isFree(value) ? { value, held } : tooMuch;
}

/** A method or a plain function that is neither asynchronous nor a generator. */
function bodyOf(collect: ts.ObjectLiteralElementLike): ts.Block | undefined {
  const found = ts.isPropertyAssignment(collect) ? innermost(collect.initializer) : collect;
  if (!ts.isMethodDeclaration(found) && !ts.isFunctionExpression(found) && !ts.isArrowFunction(found))
    return undefined;
  if (found.modifiers !== undefined || found.asteriskToken !== undefined || found.parameters.length > 0)
    return undefined;
  return found.body !== undefined && ts.isBlock(found.body) ? found.body : undefined;
}

function holderOf(node: ts.NewExpression): Collected['held'] {
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const list = parent.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return undefined;
  return ts.isVariableStatement(list.parent) ? { name: parent.name.text, statement: list.parent } : undefined;
}

/** Whether an expression means the same in a function of its own, and records nothing. */
function isFree(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isObjectLiteralExpression(node)) return false;
  if (ts.isAwaitExpression(node) || ts.isSpreadElement(node)) return false;
  if (ts.isIdentifier(node) && node.text === 'arguments') return false;
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    recordingMethods.has(node.expression.name.text) &&
    node.expression.name.text !== 'get'
  )
    return false;
  return ts.forEachChild(node, (child) => (isFree(child) ? undefined : true)) !== true;
}
