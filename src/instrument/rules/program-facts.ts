import { ts } from 'ts-morph';
import type { ParsedFile } from '../find/parsed-file.js';
import { dottedName } from './heritage.js';
import type { Heritage, TypeFacts } from './type-facts.js';

/**
 * What a program knows beyond the files themselves.
 * @param sourceOf the program's own tree of a file; undefined where the program does not hold it
 */
export function programFacts(
  program: ts.Program,
  sourceOf: (file: ParsedFile) => ts.SourceFile | undefined,
): TypeFacts {
  const checker = program.getTypeChecker();
  return {
    heritageOf(node, file) {
      const own = sameNode(node, sourceOf(file));
      return own === undefined || !ts.isClassLike(own) ? nothing : heritageIn(own, checker);
    },
    isAsynchronous(node, file) {
      const own = sameNode(node, sourceOf(file));
      const signature =
        own === undefined || !ts.isFunctionLike(own) || ts.isJSDocSignature(own)
          ? undefined
          : checker.getSignatureFromDeclaration(own);
      return (
        signature !== undefined && isAsynchronousType(checker.getReturnTypeOfSignature(signature), checker)
      );
    },
  };
}

const nothing: Heritage = { implemented: [], extended: [] };

/** The node of another tree of the same text that stands where this one stands. */
export function sameNode(node: ts.Node, source: ts.SourceFile | undefined): ts.Node | undefined {
  const visit = (within: ts.Node): ts.Node | undefined => {
    if (within.pos === node.pos && within.end === node.end && within.kind === node.kind) return within;
    return ts.forEachChild(within, (child) =>
      child.pos <= node.pos && child.end >= node.end ? visit(child) : undefined,
    );
  };
  return source === undefined ? undefined : visit(source);
}

/** All that stands in heritage clauses, from file to file; aliases of imports and of types are followed. */
function heritageIn(node: ts.ClassLikeDeclaration, checker: ts.TypeChecker): Heritage {
  const implemented = new Set<string>();
  const extended = new Set<string>();
  const queue = new Set<ts.Declaration>([node]);
  for (const declared of queue) {
    if (!ts.isClassLike(declared) && !ts.isInterfaceDeclaration(declared)) continue;
    for (const { token, types } of declared.heritageClauses ?? []) {
      const isExtended = token === ts.SyntaxKind.ExtendsKeyword && !ts.isInterfaceDeclaration(declared);
      const names = isExtended ? extended : implemented;
      for (const clause of types) {
        const written = dottedName(clause.expression);
        if (written !== undefined) names.add(written).add(written.slice(written.lastIndexOf('.') + 1));
        for (const symbol of symbolsOf(checker.getTypeAtLocation(clause))) {
          if (symbol.name !== '__type') names.add(symbol.name);
          for (const each of symbol.declarations ?? []) queue.add(each);
        }
      }
    }
  }
  return { implemented: [...implemented], extended: [...extended] };
}

/** What a type is called, and the parts of an intersection: `type Task = Tool & Sized`. */
function symbolsOf(type: ts.Type): readonly ts.Symbol[] {
  const own = [type.aliasSymbol, type.getSymbol()].filter((each) => each !== undefined);
  return type.isIntersection() ? [...own, ...type.types.flatMap(symbolsOf)] : own;
}

function isAsynchronousType(type: ts.Type, checker: ts.TypeChecker): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => {
    const name = part.getSymbol()?.name;
    if (name === 'AsyncGenerator' || name === 'AsyncIterableIterator') return true;
    if ((part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return false;
    return checker.getPropertyOfType(part, 'then') !== undefined && isCallable(part, 'then', checker);
  });
}

function isCallable(type: ts.Type, name: string, checker: ts.TypeChecker): boolean {
  const property = checker.getPropertyOfType(type, name);
  const declaration = property?.valueDeclaration ?? property?.declarations?.[0];
  if (property === undefined || declaration === undefined) return false;
  return checker.getTypeOfSymbolAtLocation(property, declaration).getCallSignatures().length > 0;
}
