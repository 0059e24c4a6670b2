import { ts } from 'ts-morph';
import type { CodeBase } from './code-base.js';
import { unaliased } from './expressions.js';

/** A place that takes members of an object without naming them: `metrics[name]`, `Object.values(metrics)`. */
export interface NamelessAccess {
  readonly whole: ts.Node;
  /** Declarations of the members that it may take. */
  readonly declarations: readonly ts.Declaration[];
}

const known = new WeakMap<CodeBase, readonly NamelessAccess[]>();

export function namelessAccesses(code: CodeBase): readonly NamelessAccess[] {
  let found = known.get(code);
  if (found === undefined) {
    found = code.files.flatMap(({ source }) => accessesIn(source, code.checker));
    known.set(code, found);
  }
  return found;
}

function accessesIn(source: ts.SourceFile, checker: ts.TypeChecker): readonly NamelessAccess[] {
  if (!/\[|Object\.(?:values|entries|assign)/.test(source.text)) return [];
  const found: NamelessAccess[] = [];
  const add = (whole: ts.Node, object: ts.Expression): void => {
    const declarations = checker
      .getTypeAtLocation(object)
      .getProperties()
      .flatMap((property) => unaliased(checker, property).declarations ?? [])
      // Members of lists and of texts are declared by the language.
      .filter((declaration) => !declaration.getSourceFile().isDeclarationFile);
    if (declarations.length > 0) found.push({ whole, declarations });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: key } = node;
      if (!ts.isStringLiteralLike(key) && !ts.isNumericLiteral(key)) add(node, node.expression);
    } else if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      /^(?:values|entries|assign)$/.test(node.expression.name.text) &&
      node.expression.expression.getText(source) === 'Object'
    )
      for (const argument of node.arguments) add(node, argument);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
