import { ts } from 'ts-morph';
import type { Heritage } from './type-facts.js';

type Declared = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;

/** Classes and interfaces of a file by their names, those of functions and blocks too; of two with one name, the first. */
const declaredIn = new WeakMap<ts.SourceFile, ReadonlyMap<string, Declared>>();

/**
 * What a class implements and extends as far as its file tells: the names in its heritage clauses, and in those of the classes and
 * interfaces of the same file that they name. `ns.Tool<T>` is both `ns.Tool` and `Tool`.
 */
export function writtenHeritage(node: ts.ClassLikeDeclaration, source: ts.SourceFile): Heritage {
  const implemented = new Set<string>();
  const extended = new Set<string>();
  // Its own names come first: `--explain` shows them in this order.
  const queue = new Set<Declared>([node]);
  for (const declared of queue) {
    for (const clause of declared.heritageClauses ?? []) {
      const isExtended =
        clause.token === ts.SyntaxKind.ExtendsKeyword && !ts.isInterfaceDeclaration(declared);
      for (const { expression } of clause.types) {
        const name = dottedName(expression);
        if (name === undefined) continue;
        const last = name.slice(name.lastIndexOf('.') + 1);
        (isExtended ? extended : implemented).add(name).add(last);
        const next = name === last ? declarations(source).get(name) : undefined;
        if (next !== undefined) queue.add(next);
      }
    }
  }
  return { implemented: [...implemented], extended: [...extended] };
}

/** `ns.Tool` as it is written; undefined for a call and the like, which has no name. */
export function dottedName(expression: ts.Node): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const left = dottedName(expression.expression);
  return left === undefined ? undefined : `${left}.${expression.name.text}`;
}

function declarations(source: ts.SourceFile): ReadonlyMap<string, Declared> {
  const known = declaredIn.get(source);
  if (known !== undefined) return known;
  const found = new Map<string, Declared>();
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) {
      const name = node.name?.text ?? variableOf(node);
      if (name !== undefined && !found.has(name)) found.set(name, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  declaredIn.set(source, found);
  return found;
}

/** `const Agent = class { … }`. */
function variableOf({ parent }: ts.Node): string | undefined {
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}
