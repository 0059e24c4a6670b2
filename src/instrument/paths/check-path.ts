import { ts } from 'ts-morph';
import type { CallCandidate, Candidate, FunctionCandidate } from '../candidate.js';
import { outermost } from '../find/names.js';
import { readPath, type Path } from './path.js';
import { typeFault } from './path-types.js';

/** A path that leads nowhere at a place. It survives JSON. */
export interface PathFinding {
  readonly code: 'OBS5060';
  /** Starts in lower case, names the fact. */
  readonly message: string;
  readonly help?: string | undefined;
}

type ValuePath = Extract<Path, { readonly kind: 'value' }>;
type Fault = Omit<PathFinding, 'code'>;

/**
 * Whether a path can have a value at a place: that the function takes the argument, has a `this` and a result. With a type checker, also
 * whether the properties exist; the candidate's node has to be of its program then. Undefined where nothing speaks against it.
 */
export function checkPath(
  path: string,
  candidate: Candidate,
  checker?: ts.TypeChecker,
): PathFinding | undefined {
  const read = readPath(path);
  if (!('path' in read) || read.path.kind !== 'value') return undefined;
  const fault =
    (candidate.kind === 'call' ? callFault(read.path, candidate) : functionFault(read.path, candidate)) ??
    (checker === undefined ? undefined : typeFault(read.path, path, candidate, checker));
  return fault === undefined ? undefined : { code: 'OBS5060', ...fault };
}

function callFault({ root, steps }: ValuePath, { node, name }: CallCandidate): Fault | undefined {
  const called = name ?? 'the function';
  if (root === 'this' && !hasReceiver(node.expression))
    return {
      message: `\`${called}\` is called on nothing, so there is no \`this\``,
      help: 'name an argument, or the result',
    };
  const index = indexOf(root, steps);
  const given = node.arguments ?? [];
  if (index === undefined || index < given.length || given.some(ts.isSpreadElement)) return undefined;
  return { message: `this call has ${counted(given.length)}, so there is no args.${index}` };
}

/** The index of the argument that a path begins with. */
function indexOf(root: ValuePath['root'], [first]: ValuePath['steps']): number | undefined {
  return root === 'args' && first !== undefined && first.name !== 'length' ? Number(first.name) : undefined;
}

function hasReceiver(callee: ts.Expression): boolean {
  let inner = callee;
  while (ts.isParenthesizedExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression;
  return ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
}

const counted = (count: number): string =>
  count === 0 ? 'no arguments' : `${count} argument${count === 1 ? '' : 's'}`;

function functionFault({ root, steps }: ValuePath, candidate: FunctionCandidate): Fault | undefined {
  const { node, kind } = candidate;
  const name = candidate.name === undefined ? 'the function' : `\`${candidate.name}\``;
  if (root === 'result') return resultFault(name, candidate);
  if (root === 'this') return hasThis(candidate) ? undefined : thisFault(name, node);
  if (kind === 'getter') return { message: 'a getter has no arguments', help: 'what it returns is `result`' };
  const index = indexOf(root, steps);
  const parameters = node.parameters.filter(({ name: own }) => !isThisParameter(own));
  if (index === undefined || index < parameters.length) return undefined;
  if (parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)) return undefined;
  if (!ts.isArrowFunction(node) && node.body !== undefined && mentions(node.body, isArguments))
    return undefined;
  const takes =
    parameters.length === 0
      ? 'no parameters'
      : `${parameters.length} parameter${parameters.length === 1 ? '' : 's'}`;
  return { message: `${name} has ${takes}, so there is no args.${index}` };
}

const isThisParameter = (name: ts.BindingName): boolean => ts.isIdentifier(name) && name.text === 'this';

const isArguments = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'arguments';

function resultFault(name: string, { node, kind }: FunctionCandidate): Fault | undefined {
  if (kind === 'constructor')
    return { message: 'a constructor has no result', help: 'what it made is `this`' };
  if (kind === 'setter') return { message: 'a setter has no result', help: 'what it is given is args.0' };
  const { type } = node;
  if (type !== undefined && isNothing(type))
    return {
      message: `${name} returns nothing, as its type says`,
      help: 'name an argument, or a property of `this`',
    };
  return undefined;
}

/** `void`, `never`, `Promise<void>` and the like. */
function isNothing(type: ts.TypeNode): boolean {
  switch (type.kind) {
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.NeverKeyword:
    case ts.SyntaxKind.UndefinedKeyword:
      return true;
    default: {
      if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
      const [inner] = type.typeArguments ?? [];
      return type.typeName.text === 'Promise' && inner !== undefined && isNothing(inner);
    }
  }
}

/** Members and what stands in objects are called on something; a plain function is where it says so. */
function hasThis({ node, classNode, kind }: FunctionCandidate): boolean {
  if (classNode !== undefined || kind === 'object method') return true;
  if (ts.isArrowFunction(node)) return false;
  if (ts.isPropertyAssignment(outermost(node).parent)) return true;
  if (node.parameters.some(({ name }) => isThisParameter(name))) return true;
  return (
    node.body !== undefined && mentions(node.body, ({ kind: each }) => each === ts.SyntaxKind.ThisKeyword)
  );
}

function thisFault(name: string, node: ts.Node): Fault {
  const message = ts.isArrowFunction(node)
    ? `${name} is an arrow function, which has no \`this\` of its own`
    : `${name} is a plain function that makes no use of \`this\``;
  return { message, help: 'name an argument, or the result' };
}

/** Whether a body holds such a node, nested functions with a `this` and `arguments` of their own left out. */
function mentions(body: ts.Node, isWanted: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => {
    if (isWanted(node)) return true;
    if (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) return false;
    if (ts.isClassLike(node)) return false;
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  return ts.forEachChild(body, (child) => visit(child)) ?? visit(body);
}
