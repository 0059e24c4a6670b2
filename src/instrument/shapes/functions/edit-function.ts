import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../candidate.js';
import type { ShapeResult } from '../../edit.js';
import type { FileContext } from '../../file-context.js';
import type { Chosen } from '../../insertion.js';
import { activeSpanRead, readsActiveSpan } from '../active-span.js';
import { existingSpan } from '../existing-span.js';
import { assignment, holderOf } from './assignment.js';
import { bodyFacts, readsNewTarget, readsThis } from './body-facts.js';
import { directiveOf } from './directive-of.js';
import { lostTypes } from './lost-types.js';
import { outOfParentheses, runtimeName } from './runtime-name.js';
import { skipped } from './skipped.js';
import { surroundingsOf } from './surroundings.js';
import { isServerFile, wrappedBody } from './wrapped-body.js';
import { wrappedFunction } from './wrapped-function.js';

const {
  isArrowFunction,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isModuleBlock,
  isParenthesizedExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
} = ts;
const { DefaultKeyword: defaultKeyword, ExportKeyword: exportKeyword } = ts.SyntaxKind;

/** Puts a span into a function that is declared, an expression, or a method of an object literal. */
export function editFunction(chosen: Chosen<FunctionCandidate>, context: FileContext): ShapeResult {
  const { candidate, insertion } = chosen;
  const { node } = candidate;
  const { source } = context;
  const existing = existingSpan(candidate, source);
  if (existing !== undefined) return skipped(node, source, 'OBS5100', `there is a span already: ${existing}`);
  const read = activeSpanRead(candidate, source);
  if (read !== undefined) return skipped(node, source, 'OBS5115', readsActiveSpan(read));
  const directive = directiveOf(node, source);
  if (directive !== undefined && directive !== 'use strict')
    return skipped(
      node,
      source,
      'OBS5101',
      `the body begins with \`${directive}\`: a compiler moves or rewrites the function`,
      'instrument a function that it calls',
    );
  if (isFunctionDeclaration(node)) {
    const holder = holderOf(node);
    if (holder !== undefined && canAssign(node, holder, context))
      return assignment(node, holder, insertion, context);
  } else if (isArrowFunction(node) || isFunctionExpression(node)) {
    if (context.isTyped && surroundingsOf(node).kind === 'called')
      return skipped(
        node,
        source,
        'OBS5103',
        'the function is called where it stands: what it narrows and assigns counts around it',
        'give it a name, and call that',
      );
    const name = runtimeName(node);
    if (name !== undefined && canBeWrapped(chosen, context))
      return wrappedFunction(node, name, insertion, context);
  }
  return throughBody(chosen, directive, context);
}

/** The fallback: a function in the function. */
function throughBody(
  { candidate, insertion }: Chosen<FunctionCandidate>,
  directive: string | undefined,
  context: FileContext,
): ShapeResult {
  const { node } = candidate;
  const { source } = context;
  if (candidate.isGenerator)
    return skipped(
      node,
      source,
      'OBS5109',
      'a generator cannot have its body moved into another function',
      'declare it with `function*` in a block of its own, or give its parameters types',
    );
  if (directive !== undefined)
    return skipped(node, source, 'OBS5102', 'the body begins with `use strict`, which would move with it');
  const lost = context.isTyped ? lostTypes(candidate, bodyFacts(candidate, source), context) : undefined;
  return (
    lost ??
    wrappedBody(node, insertion, context) ??
    skipped(node, source, 'OBS5109', 'the function has no body')
  );
}

/** Whether a declared function keeps all that it is when another function is assigned to its name. */
function canAssign(
  node: ts.FunctionDeclaration,
  holder: ts.SourceFile | ts.Block | ts.ModuleBlock,
  context: FileContext,
): boolean {
  const has = (kind: ts.SyntaxKind): boolean => node.modifiers?.some((each) => each.kind === kind) === true;
  const isExported = has(exportKeyword);
  // A namespace hands out what the declaration made, and so does a default export in CommonJS.
  if (isExported && isModuleBlock(holder)) return false;
  if (has(defaultKeyword) && context.isCommonJs) return false;
  if (isExported && isServerFile(context.source)) return false;
  return !readsNewTarget(node, context.source);
}

/** Whether a function expression can be an argument without losing what types its parameters, its result and its `this`. */
function canBeWrapped({ candidate }: Chosen<FunctionCandidate>, context: FileContext): boolean {
  const node = candidate.node as ts.ArrowFunction | ts.FunctionExpression;
  if (readsNewTarget(node, context.source)) return false;
  if (isServerFile(context.source)) return false;
  if (!context.isTyped) return candidate.isGenerator || hasPlainParameters(node, context);
  const surroundings = surroundingsOf(node);
  const isTyped = node.parameters.every(({ type }) => type !== undefined);
  if (surroundings.kind !== 'value') return candidate.isGenerator && isTyped && node.type !== undefined;
  if (!isTyped && !surroundings.isAnnotated) return false;
  if (context.isolatedDeclarations === true && !surroundings.isAnnotated && mayBeDeclared(candidate))
    return false;
  if (isArrowFunction(node)) return true;
  const hasThisParameter = node.parameters.some(({ name }) => isIdentifier(name) && name.text === 'this');
  return hasThisParameter || candidate.isGenerator || !readsThis(node, context.source);
}

/**
 * Whether the parameters of a JavaScript function are the same for those who call it when they are typed by the helper, as `any`: comments
 * may say more of them, and so do initialisers.
 */
function hasPlainParameters(
  node: ts.ArrowFunction | ts.FunctionExpression,
  { source, text }: FileContext,
): boolean {
  if (node.parameters.length === 0) return true;
  if (
    !isArrowFunction(node) ||
    surroundingsOf(node).kind !== 'value' ||
    isParenthesizedExpression(node.parent)
  )
    return false;
  let statement: ts.Node = node.parent;
  while (isVariableDeclaration(statement) || isVariableDeclarationList(statement))
    statement = statement.parent;
  const isDescribed = text.slice(statement.pos, statement.getStart(source)).includes('@');
  return (
    !isDescribed &&
    node.parameters.every(({ name, initializer }) => isIdentifier(name) && initializer === undefined)
  );
}

/** Whether a declaration file may have to name the type of a function: of all but a variable that is not exported. */
function mayBeDeclared({ node, isExported }: FunctionCandidate): boolean {
  return isExported || !isVariableDeclaration(outOfParentheses(node).parent);
}
