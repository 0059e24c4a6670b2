import { ts } from 'ts-morph';
import type { CallCandidate, Candidate, FunctionCandidate, FunctionNode, ToolFacts } from '../candidate.js';
import { exportedNames, isExported } from './exports.js';
import { calleeText, holderName, nameText, outermost } from './names.js';
import { tooDeep } from './parse-file.js';
import type { ParsedFile } from './parsed-file.js';
import { isExecutor, mayTakeTool, referredTool, toolFacts } from './tools.js';

const {
  forEachChild,
  isIdentifier,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
} = ts;
const {
  ArrowFunction: arrowFunction,
  AsyncKeyword: asyncKeyword,
  BinaryExpression: binaryExpression,
  ClassExpression: classExpression,
  Constructor: constructor,
  FunctionDeclaration: functionDeclaration,
  FunctionExpression: functionExpression,
  GetAccessor: getAccessor,
  ObjectLiteralExpression: objectLiteralExpression,
  SetAccessor: setAccessor,
  StaticKeyword: staticKeyword,
} = ts.SyntaxKind;

/** What is the same for all members of a class. */
interface ClassFacts {
  readonly node: ts.ClassLikeDeclaration;
  readonly name: string | undefined;
  readonly isExported: boolean;
}

/** What the walk does at a node. */
const Step = {
  leaf: 1,
  declared: 2,
  expression: 3,
  call: 4,
  creation: 5,
  member: 6,
  class: 7,
  binary: 8,
  // The rest are the kinds that make up most of a file: their children are known here, which saves a look-up and two calls for each.
  access: 9,
  holder: 10,
  statements: 11,
  variable: 12,
  variables: 13,
  properties: 14,
} as const;

/** `ts.SyntaxKind` is looked up by name each time that it is used, which would be half of the walk: so it is used once. */
const binary = binaryExpression;
const steps = stepsOf();

function stepsOf(): Uint8Array {
  const kinds = ts.SyntaxKind;
  const table = new Uint8Array(kinds.Count);
  // Words, literals and punctuation have no children.
  table.fill(Step.leaf, 0, kinds.FirstNode);
  const step = (which: number, ...of: readonly ts.SyntaxKind[]): void => {
    for (const kind of of) table[kind] = which;
  };
  step(Step.declared, kinds.FunctionDeclaration, kinds.MethodDeclaration, kinds.Constructor);
  step(Step.declared, kinds.GetAccessor, kinds.SetAccessor);
  step(Step.expression, kinds.ArrowFunction, kinds.FunctionExpression);
  step(Step.call, kinds.CallExpression);
  step(Step.creation, kinds.NewExpression);
  step(Step.member, kinds.PropertyAssignment, kinds.ShorthandPropertyAssignment);
  step(Step.class, kinds.ClassDeclaration, kinds.ClassExpression);
  step(Step.binary, binary);
  step(Step.access, kinds.PropertyAccessExpression);
  step(Step.holder, kinds.ExpressionStatement, kinds.AwaitExpression, kinds.ParenthesizedExpression);
  step(Step.statements, kinds.Block);
  step(Step.variable, kinds.VariableDeclaration);
  step(Step.variables, kinds.VariableDeclarationList);
  step(Step.properties, kinds.ObjectLiteralExpression);
  return table;
}

/**
 * Every function that could run in a span, and every call where they are wanted, in the order of the source. One walk, which also sets
 * the parents of all nodes.
 */
export function candidatesOf(file: ParsedFile, wantsCalls: boolean): readonly Candidate[] {
  const { source } = file;
  const names = exportedNames(source);
  const found: Candidate[] = [];
  const references: ts.Identifier[] = [];
  let around: ClassFacts | undefined;
  let parentOfVisited: ts.Node = source;

  const walk = (node: ts.Node, parent: ts.Node): void => {
    setParent(node, parent);
    switch (steps[node.kind]) {
      case Step.leaf:
        return;
      case Step.access: {
        const { expression, questionDotToken, name } = node as ts.PropertyAccessExpression;
        walk(expression, node);
        if (questionDotToken !== undefined) setParent(questionDotToken, node);
        setParent(name, node);
        return;
      }
      case Step.holder:
        walk((node as ts.ExpressionStatement).expression, node);
        return;
      case Step.statements:
        walkEach((node as ts.Block).statements, node);
        return;
      case Step.variables:
        walkEach((node as ts.VariableDeclarationList).declarations, node);
        return;
      case Step.properties:
        walkEach((node as ts.ObjectLiteralExpression).properties, node);
        return;
      case Step.variable: {
        const { name, exclamationToken, type, initializer } = node as ts.VariableDeclaration;
        walk(name, node);
        if (exclamationToken !== undefined) setParent(exclamationToken, node);
        if (type !== undefined) walk(type, node);
        if (initializer !== undefined) walk(initializer, node);
        return;
      }
      case Step.call: {
        const call = node as ts.CallExpression;
        if (wantsCalls) found.push(callCandidate(call, around, source));
        collectArguments(call, references);
        walk(call.expression, call);
        if (call.questionDotToken !== undefined) setParent(call.questionDotToken, call);
        if (call.typeArguments !== undefined) walkEach(call.typeArguments, call);
        walkEach(call.arguments, call);
        return;
      }
      case Step.declared:
        // An overload, an abstract member or an ambient declaration runs nothing.
        if ((node as FunctionNode).body === undefined) break;
        walkFunction(node as FunctionNode);
        return;
      case Step.expression:
        walkFunction(node as FunctionNode);
        return;
      case Step.creation:
        if (wantsCalls && (node as ts.NewExpression).arguments !== undefined)
          found.push(callCandidate(node as ts.NewExpression, around, source));
        collectArguments(node as ts.NewExpression, references);
        break;
      case Step.member:
        collectMember(node as ts.PropertyAssignment | ts.ShorthandPropertyAssignment, references);
        break;
      case Step.class: {
        const outer = around;
        around = classFacts(node as ts.ClassLikeDeclaration, source, names);
        descend(node);
        around = outer;
        return;
      }
      case Step.binary:
        descendBinary(node as ts.BinaryExpression);
        return;
      default:
        break;
    }
    descend(node);
  };

  const walkFunction = (node: FunctionNode): void => {
    const candidate = functionCandidate(node, around, source, names);
    const count = found.push(candidate);
    descend(node);
    candidate.holdsFunctions = found.length > count;
  };

  const walkEach = (nodes: readonly ts.Node[], parent: ts.Node): void => {
    for (const node of nodes) walk(node, parent);
  };

  const visit = (node: ts.Node): void => {
    walk(node, parentOfVisited);
  };

  const descend = (node: ts.Node): void => {
    const outer = parentOfVisited;
    parentOfVisited = node;
    forEachChild(node, visit);
    parentOfVisited = outer;
  };

  /** `'a' + 'b' + …` nests to the left as deep as it is long, which is too much for the stack: that side is gone down in a loop. */
  const descendBinary = (node: ts.BinaryExpression): void => {
    let inner = node;
    while (inner.left.kind === binary) {
      setParent(inner.left, inner);
      inner = inner.left as ts.BinaryExpression;
    }
    walk(inner.left, inner);
    for (;;) {
      setParent(inner.operatorToken, inner);
      walk(inner.right, inner);
      if (inner === node) return;
      inner = inner.parent as ts.BinaryExpression;
    }
  };

  try {
    forEachChild(source, visit);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file.path);
    throw error;
  }
  return references.length === 0 ? found : withReferredTools(found, references, source);
}

/** The declarations say that parents cannot be assigned to; the parser leaves them to whoever needs them. */
function setParent(node: ts.Node, parent: ts.Node): void {
  (node as { parent: ts.Node }).parent = parent;
}

function classFacts(
  node: ts.ClassLikeDeclaration,
  source: ts.SourceFile,
  names: ReadonlySet<string>,
): ClassFacts {
  const held = node.kind === classExpression ? holderName(node, source) : undefined;
  return {
    node,
    name: held === undefined || held === 'default' ? node.name?.text : held,
    isExported: isExported(node, source, names, false),
  };
}

function functionCandidate(
  node: FunctionNode,
  around: ClassFacts | undefined,
  source: ts.SourceFile,
  names: ReadonlySet<string>,
): FunctionCandidate & { holdsFunctions: boolean } {
  const kind = kindOf(node);
  const field = kind === 'expression' ? fieldOf(node) : undefined;
  const member = field ?? node;
  const owner = around !== undefined && member.parent === around.node ? around : undefined;
  const tool = kind === 'expression' || kind === 'object method' ? toolFacts(node, source) : undefined;
  return {
    kind,
    name: functionName(node, kind, source),
    className: owner?.name,
    classNode: owner?.node,
    isExported:
      owner?.isExported ??
      isExported(kind === 'object method' ? node.parent : node, source, names, tool !== undefined),
    node,
    isAsync: hasModifier(node, asyncKeyword),
    isGenerator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    isStatic: owner !== undefined && hasModifier(member, staticKeyword),
    tool,
    holdsFunctions: false,
  };
}

function callCandidate(
  node: ts.CallExpression | ts.NewExpression,
  around: ClassFacts | undefined,
  source: ts.SourceFile,
): CallCandidate {
  const name = calleeText(node.expression, source);
  return { kind: 'call', name, className: around?.name, isExported: false, node };
}

function kindOf(node: FunctionNode): FunctionCandidate['kind'] {
  switch (node.kind) {
    case functionDeclaration:
      return 'function';
    case arrowFunction:
    case functionExpression:
      return 'expression';
    case constructor:
      return 'constructor';
    default:
      if (node.parent.kind === objectLiteralExpression) return 'object method';
      if (node.kind === getAccessor) return 'getter';
      return node.kind === setAccessor ? 'setter' : 'method';
  }
}

function functionName(
  node: FunctionNode,
  kind: FunctionCandidate['kind'],
  source: ts.SourceFile,
): string | undefined {
  switch (kind) {
    case 'constructor':
      return 'constructor';
    case 'function':
      return (node.name as ts.Identifier | undefined)?.text ?? 'default';
    case 'expression':
      return holderName(node, source) ?? (node.name as ts.Identifier | undefined)?.text;
    default:
      return nameText(node.name, source);
  }
}

/** The class field that holds an expression. */
function fieldOf(node: FunctionNode): ts.PropertyDeclaration | undefined {
  const { parent } = outermost(node);
  return isPropertyDeclaration(parent) ? parent : undefined;
}

function hasModifier(node: ts.Node, modifier: ts.SyntaxKind): boolean {
  const { modifiers } = node as { readonly modifiers?: ts.NodeArray<ts.ModifierLike> };
  return modifiers !== undefined && modifiers.some(({ kind }) => kind === modifier);
}

function collectArguments(call: ts.CallExpression | ts.NewExpression, references: ts.Identifier[]): void {
  if (call.arguments === undefined || !mayTakeTool(call.expression)) return;
  for (const each of call.arguments) if (isIdentifier(each)) references.push(each);
}

function collectMember(
  member: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  references: ts.Identifier[],
): void {
  if (!isIdentifier(member.name) || !isExecutor(member.name.text)) return;
  if (isShorthandPropertyAssignment(member)) references.push(member.name);
  else if (isIdentifier(member.initializer)) references.push(member.initializer);
}

/** Functions that a tool is given by their name: those that no other function of the file shares it with. */
function withReferredTools(
  found: readonly Candidate[],
  references: readonly ts.Identifier[],
  source: ts.SourceFile,
): readonly Candidate[] {
  const tools = new Map<string, ToolFacts>();
  for (const each of references) {
    const tool = referredTool(each, source);
    if (tool !== undefined && !tools.has(each.text)) tools.set(each.text, tool);
  }
  if (tools.size === 0) return found;
  const counts = new Map<string, number>();
  for (const each of found)
    if (isDeclared(each)) counts.set(each.name ?? '', (counts.get(each.name ?? '') ?? 0) + 1);
  return found.map((each) => {
    const tool =
      isDeclared(each) && counts.get(each.name ?? '') === 1 ? tools.get(each.name ?? '') : undefined;
    return tool === undefined ? each : { ...each, tool: (each as FunctionCandidate).tool ?? tool };
  });
}

/** A function that code can mean by its name alone. */
function isDeclared(candidate: Candidate): candidate is FunctionCandidate {
  if (candidate.kind === 'function') return true;
  return candidate.kind === 'expression' && isVariableDeclaration(outermost(candidate.node).parent);
}
