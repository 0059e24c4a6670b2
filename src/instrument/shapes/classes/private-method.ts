import { ts } from 'ts-morph';
import { insert, type Edit, type ShapeResult } from '../../edit.js';
import { quoted, type FileContext } from '../../file-context.js';
import { recordedArguments } from '../../observed.js';
import { indentationOf, lineEnd } from './lines.js';
import { isStatic, skipped, type ChosenMember } from './member.js';

const { isMethodDeclaration, isPrivateIdentifier, isTypePredicateNode } = ts;
const { NeverKeyword: neverKeyword } = ts.SyntaxKind;

const suffix = 'Untraced';

/**
 * A private method cannot be replaced from outside: it is renamed, and a getter of its old name hands out its traced form. Whoever calls
 * `this.#run()`, asks `#run in object` or passes `this.#run` on goes through the getter.
 */
export function privateMethod(
  node: ts.ClassLikeDeclaration,
  chosen: ChosenMember,
  context: FileContext,
): ShapeResult {
  const method = chosen.candidate.node as ts.MethodDeclaration;
  const name = (method.name as ts.PrivateIdentifier).text;
  const { source, text } = context;
  const untraced = `${name}${suffix}`;
  if (text.includes(untraced)) {
    const message = `\`${name}\` would become \`${untraced}\`, which the file has already`;
    return skipped('OBS5132', message, 'rename one of them', method, source);
  }
  const declarations = declarationsOf(node, name);
  if (declarations.some(endsTheFlow)) {
    const message = `TypeScript narrows after calls of \`${name}\`, and does not where it is a getter`;
    return skipped('OBS5133', message, undefined, method, source);
  }
  const renamed = declarations.map((declaration) =>
    insert(declaration.name.end, suffix, 'close', declaration.name),
  );
  return { edits: [...renamed, getter(method, name, chosen, context)], form: 'private getter' };
}

function getter(
  method: ts.MethodDeclaration,
  name: string,
  chosen: ChosenMember,
  context: FileContext,
): Edit {
  const { text, newline, indent, semicolons } = context;
  const recorded = recordedArguments(chosen.insertion, context);
  const given = [...recorded, quoted(context, name), `this.${name}${suffix}`].join(', ');
  const head = `${isStatic(method) ? 'static ' : ''}get ${name}() {`;
  const body = `return ${context.use('tracePrivate')}(${given})`;
  const end = lineEnd(text, skipSemicolon(text, method.end));
  if (end === undefined) return insert(method.end, ` ${head} ${body}; }`, 'close', method);
  const own = indentationOf(text, method.name.end);
  const lines = ['', `${own}${head}`, `${own}${indent}${body}${semicolons ? ';' : ''}`, `${own}}`];
  return insert(end, lines.map((line) => `${newline}${line}`).join(''), 'close', method);
}

/** A class body may have semicolons between its members. */
function skipSemicolon(text: string, end: number): number {
  return text[end] === ';' ? end + 1 : end;
}

/** The method and its overload signatures. */
function declarationsOf(node: ts.ClassLikeDeclaration, name: string): readonly ts.MethodDeclaration[] {
  return node.members.filter(
    (member): member is ts.MethodDeclaration =>
      isMethodDeclaration(member) && isPrivateIdentifier(member.name) && member.name.text === name,
  );
}

/** Calls of assertion functions and of those that return `never` count in TypeScript's flow, where the callee is a method. */
function endsTheFlow({ type }: ts.MethodDeclaration): boolean {
  if (type === undefined) return false;
  if (type.kind === neverKeyword) return true;
  return isTypePredicateNode(type) && type.assertsModifier !== undefined;
}
