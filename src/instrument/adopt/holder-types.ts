import { ts } from 'ts-morph';
import { replace, type Edit } from '../edit.js';
import { clientThing } from './client.js';

const classes = new Set(['Counter', 'Gauge', 'Histogram', 'Metric']);

/** The types of the library that a declaration gives to what holds a metric: `Counter<'method'>`, also beside `undefined`. */
export function clientTypes(checker: ts.TypeChecker, declaration: ts.Declaration): readonly ts.TypeNode[] {
  const { type } = declaration as { readonly type?: ts.TypeNode };
  if (type === undefined || (!ts.isVariableDeclaration(declaration) && !isMember(declaration))) return [];
  return (ts.isUnionTypeNode(type) ? type.types : [type]).filter((each) => isClientType(checker, each));
}

function isMember(declaration: ts.Declaration): boolean {
  return ts.isPropertyDeclaration(declaration) || ts.isPropertySignature(declaration);
}

function isClientType(checker: ts.TypeChecker, type: ts.TypeNode): boolean {
  if (ts.isTypeReferenceNode(type)) return classes.has(clientThing(checker, type.typeName)?.name ?? '');
  if (!ts.isImportTypeNode(type) || type.isTypeOf) return false;
  const { argument, qualifier } = type;
  return (
    ts.isLiteralTypeNode(argument) &&
    ts.isStringLiteral(argument.literal) &&
    /^(?:prom-client|@prometheus-io\/client)$/.test(argument.literal.text) &&
    qualifier !== undefined &&
    ts.isIdentifier(qualifier) &&
    classes.has(qualifier.text)
  );
}

/** @param helper the expression that stands for the helper */
export function typeEdit(type: ts.TypeNode, helper: string): Edit {
  return replace(type.getStart(), type.end, `typeof ${helper}`, type);
}
