import { ts } from 'ts-morph';
import type { FunctionNode } from '../../candidate.js';
import { aloneConstruction, construction, decorator, privateGetter, staticBlock } from './class-forms.js';
import { keptContext, replacedConsole } from './call-forms.js';
import type { Reading, TakenOut } from './cut.js';
import { assignment, wrappedBody, wrappedFunction, wrappedMember } from './function-forms.js';

/** What the codemod has written at a node; undefined: the node is somebody's own. */
export function formAt(node: ts.Node, reading: Reading): TakenOut | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.ExpressionStatement:
      return (
        assignment(node as ts.ExpressionStatement, reading) ??
        aloneConstruction(node as ts.ExpressionStatement, reading)
      );
    case ts.SyntaxKind.VariableStatement:
      return construction(node as ts.VariableStatement, reading);
    case ts.SyntaxKind.ClassStaticBlockDeclaration:
      return staticBlock(node as ts.ClassStaticBlockDeclaration, reading);
    case ts.SyntaxKind.Decorator:
      return decorator(node as ts.Decorator, reading);
    case ts.SyntaxKind.CallExpression:
      return (
        wrappedFunction(node as ts.CallExpression, reading) ??
        wrappedMember(node as ts.CallExpression, reading) ??
        keptContext(node as ts.CallExpression, reading) ??
        replacedConsole(node as ts.CallExpression, reading)
      );
    case ts.SyntaxKind.GetAccessor:
      return (
        privateGetter(node as ts.GetAccessorDeclaration, reading) ??
        wrappedBody(node as ts.GetAccessorDeclaration, reading)
      );
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.SetAccessor:
      return wrappedBody(node as FunctionNode, reading);
    default:
      return undefined;
  }
}
