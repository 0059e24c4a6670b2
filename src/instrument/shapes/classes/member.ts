import { ts } from 'ts-morph';
import type { FunctionCandidate } from '../../candidate.js';
import type { Skip } from '../../edit.js';
import type { Chosen } from '../../insertion.js';

const { isClassElement, isConstructorDeclaration, isGetAccessorDeclaration, isSetAccessorDeclaration } = ts;
const { StaticKeyword: staticKeyword } = ts.SyntaxKind;

/** A method or accessor with a body. */
export type MemberNode = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration;

/** A candidate of a class with what it gets. */
export type ChosenMember = Chosen<FunctionCandidate>;

export function isAccessor(node: ts.Node): node is ts.GetAccessorDeclaration | ts.SetAccessorDeclaration {
  return isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node);
}

export function isStatic(node: MemberNode | ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === staticKeyword) === true;
}

/** A place that is left alone: its name is what is shown. */
export function skipped(
  code: Skip['code'],
  message: string,
  help: string | undefined,
  node: ts.Node,
  source: ts.SourceFile,
): { readonly skip: Skip } {
  const shown = isClassElement(node) && node.name !== undefined ? node.name : node;
  const start = shown.getStart(source);
  const end = isConstructorDeclaration(node) ? start + 'constructor'.length : shown.end;
  return { skip: { code, message, help, start, end } };
}
