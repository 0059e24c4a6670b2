import { ts } from 'ts-morph';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Candidate, FunctionCandidate } from '../candidate.js';
import type { Path, PathStep } from './path.js';

type ValuePath = Extract<Path, { readonly kind: 'value' }>;

interface Fault {
  readonly message: string;
  readonly help?: string | undefined;
}

/**
 * Whether the types on the way of a path have its properties. What is `any`, `unknown` or has an index signature may have each of them;
 * of a union it is enough that one part has it.
 */
export function typeFault(
  { root, steps }: ValuePath,
  text: string,
  candidate: Candidate,
  checker: ts.TypeChecker,
): Fault | undefined {
  const start = startOf(root, steps, candidate, checker);
  if (start === undefined) return undefined;
  let types: readonly ts.Type[] = [start.type];
  for (const step of start.rest) {
    const parts = types.flatMap((type) => partsOf(type, checker));
    if (parts.some(mayHaveAnything)) return undefined;
    const found = parts.flatMap((part) => propertyType(part, step, candidate, checker) ?? []);
    if (found.length === 0) return missing(text, step, parts, checker);
    types = found;
  }
  return undefined;
}

/** The type that a path begins with, and the steps that are left. */
function startOf(
  root: ValuePath['root'],
  steps: readonly PathStep[],
  candidate: Candidate,
  checker: ts.TypeChecker,
): { readonly type: ts.Type; readonly rest: readonly PathStep[] } | undefined {
  const [first, ...rest] = steps;
  switch (root) {
    case 'args': {
      if (first === undefined || first.name === 'length') return undefined;
      const type = argumentType(Number(first.name), candidate, checker);
      return type === undefined ? undefined : { type, rest };
    }
    case 'this': {
      const type = thisType(candidate, checker);
      return type === undefined ? undefined : { type, rest: steps };
    }
    case 'result': {
      const type = resultType(candidate, checker);
      return type === undefined ? undefined : { type, rest: steps };
    }
  }
}

function argumentType(index: number, candidate: Candidate, checker: ts.TypeChecker): ts.Type | undefined {
  if (candidate.kind === 'call') {
    const given = (candidate.node.arguments ?? []).slice(0, index + 1);
    const argument = given[index];
    return argument === undefined || given.some(ts.isSpreadElement)
      ? undefined
      : checker.getTypeAtLocation(argument);
  }
  const parameters = candidate.node.parameters.filter(
    ({ name }) => !(ts.isIdentifier(name) && name.text === 'this'),
  );
  const parameter = parameters[index];
  if (parameter === undefined || parameter.dotDotDotToken !== undefined) return undefined;
  return checker.getTypeAtLocation(parameter);
}

function thisType(candidate: Candidate, checker: ts.TypeChecker): ts.Type | undefined {
  if (candidate.kind === 'call') {
    const { expression } = candidate.node;
    return ts.isPropertyAccessExpression(expression)
      ? checker.getTypeAtLocation(expression.expression)
      : undefined;
  }
  const { classNode, isStatic, node } = candidate;
  if (classNode !== undefined) {
    const symbol = classNode.name === undefined ? undefined : checker.getSymbolAtLocation(classNode.name);
    if (symbol === undefined) return undefined;
    return isStatic
      ? checker.getTypeOfSymbolAtLocation(symbol, node)
      : checker.getDeclaredTypeOfSymbol(symbol);
  }
  return ts.isObjectLiteralExpression(node.parent) ? checker.getTypeAtLocation(node.parent) : undefined;
}

/** What a call gives in the end: of a promise what it settles to. Of a generator nothing is known that a path could name. */
function resultType(candidate: Candidate, checker: ts.TypeChecker): ts.Type | undefined {
  if (candidate.kind !== 'call' && candidate.isGenerator) return undefined;
  const signature =
    candidate.kind === 'call'
      ? checker.getResolvedSignature(candidate.node)
      : checker.getSignatureFromDeclaration((candidate satisfies FunctionCandidate).node);
  if (signature === undefined) return undefined;
  const type = checker.getReturnTypeOfSignature(signature);
  return checker.getAwaitedType(type) ?? type;
}

/** The parts of a union that are something, with their generics replaced by what they are bound to. */
function partsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const some = checker.getNonNullableType(type);
  const parts = some.isUnion() ? some.types : [some];
  return parts.map((part) => checker.getApparentType(part));
}

const anything = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never;

/** An unbound type parameter, and `object`, say nothing about properties. */
function mayHaveAnything({ flags }: ts.Type): boolean {
  return (flags & (anything | ts.TypeFlags.TypeParameter | ts.TypeFlags.NonPrimitive)) !== 0;
}

function propertyType(
  type: ts.Type,
  { name }: PathStep,
  { node }: Candidate,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const property = checker.getPropertyOfType(type, name);
  if (property !== undefined) return checker.getTypeOfSymbolAtLocation(property, node);
  const byIndex = /^\d+$/.test(name) ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
  return byIndex ?? checker.getIndexTypeOfType(type, ts.IndexKind.String);
}

function missing(
  text: string,
  step: PathStep,
  parts: readonly ts.Type[],
  checker: ts.TypeChecker,
): Fault | undefined {
  const names = parts.flatMap((part) => checker.getPropertiesOfType(part).map(({ name }) => name));
  const known = [...new Set(names)].filter((name) => /^[A-Za-z_$]/.test(name) && !name.startsWith('__'));
  // `{}` tells nothing of what is there.
  const isPlain = parts.every((part) => (part.flags & ts.TypeFlags.Object) !== 0);
  if (isPlain && known.length === 0) return undefined;
  const [first] = parts;
  const near = nearest(step.name, known);
  const holder = text.slice(0, Math.max(0, step.from - 1));
  const type = first === undefined || parts.length > 1 ? '' : checker.typeToString(first);
  const shown = /^[A-Za-z][^{]{0,50}$/.test(type) ? ` (${type})` : '';
  return {
    message: `\`${holder}\`${shown} has no property \`${step.name}\``,
    help:
      near !== undefined
        ? `did you mean \`${near}\`?`
        : known.length > 0 && known.length <= 12
          ? `it has ${known.join(', ')}`
          : undefined,
  };
}
