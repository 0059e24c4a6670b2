import { ts } from 'ts-morph';
import type { FunctionNode } from '../../candidate.js';
import type { FileContext } from '../../file-context.js';
import type { Insertion, PathEntries } from '../../insertion.js';

const {
  isArrayBindingPattern,
  isArrowFunction,
  isClassStaticBlockDeclaration,
  isComputedPropertyName,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isModuleDeclaration,
  isOmittedExpression,
  isPropertyDeclaration,
  isSourceFile,
  isStringLiteral,
} = ts;

/** What one argument is needed for: itself, or some of its properties. */
type Needs = Map<number, Set<string> | 'whole'>;

/**
 * The object that paths of a wrapped body are read from: `{ this: this, args: [task, { city }] }`, with no more in it than they need;
 * undefined where they need nothing.
 */
export function rootsText(
  node: FunctionNode,
  insertion: Insertion,
  context: FileContext,
): string | undefined {
  const members: string[] = [];
  const paths = pathsOf(insertion).map((path) => path.split('.'));
  if (paths.some(([root]) => root === 'this') && hasThis(node, context)) members.push('this: this');
  const args = argumentsText(node, paths, context.source);
  if (args !== undefined) members.push(`args: [${args}]`);
  return members.length === 0 ? undefined : `{ ${members.join(', ')} }`;
}

function pathsOf({ attributes, count, time, log }: Insertion): readonly string[] {
  const entries: PathEntries = [
    ...attributes,
    ...(count?.labels ?? []),
    ...(time?.labels ?? []),
    ...(log?.fields ?? []),
  ];
  return entries.map(([, path]) => path);
}

function argumentsText(
  node: FunctionNode,
  paths: readonly (readonly string[])[],
  source: ts.SourceFile,
): string | undefined {
  const parameters = node.parameters.filter(({ name }) => !isIdentifier(name) || name.text !== 'this');
  const needs: Needs = new Map();
  let count = 0;
  for (const [root, index, property] of paths) {
    if (root !== 'args') continue;
    const at = Number(index);
    const isOne = index !== undefined && Number.isInteger(at) && at >= 0;
    const from = isOne ? at : 0;
    const rest = parameters.findIndex(({ dotDotDotToken }) => dotDotDotToken !== undefined);
    const to = isOne ? Math.min(at, rest < 0 ? at : rest) : parameters.length - 1;
    for (let each = Math.min(from, to); each <= to; each += 1) {
      if (parameters[each] === undefined) continue;
      need(needs, each, isOne ? property : undefined);
      count = Math.max(count, each + 1);
    }
  }
  if (count === 0) return undefined;
  const texts = parameters.slice(0, count).map((parameter, index) => {
    const needed = needs.get(index);
    const text = needed === undefined ? 'undefined' : bindingText(parameter.name, needed, source);
    return parameter.dotDotDotToken === undefined ? text : `...${text}`;
  });
  return texts.join(', ');
}

function need(needs: Needs, index: number, property: string | undefined): void {
  const known = needs.get(index);
  if (property === undefined || known === 'whole') needs.set(index, 'whole');
  else if (known === undefined) needs.set(index, new Set([property]));
  else known.add(property);
}

/** What a parameter was given, put together again from the names that its pattern has made. */
function bindingText(
  name: ts.BindingName,
  needed: ReadonlySet<string> | 'whole',
  source: ts.SourceFile,
): string {
  if (isIdentifier(name)) return name.getText(source);
  if (isArrayBindingPattern(name)) {
    const elements = name.elements.map((element) =>
      isOmittedExpression(element)
        ? 'undefined'
        : `${element.dotDotDotToken === undefined ? '' : '...'}${bindingText(element.name, 'whole', source)}`,
    );
    return `[${elements.join(', ')}]`;
  }
  const members = name.elements.flatMap((element) => {
    const value = bindingText(element.name, 'whole', source);
    if (element.dotDotDotToken !== undefined) return [`...${value}`];
    const key = element.propertyName ?? element.name;
    if (isComputedPropertyName(key)) return [];
    const plain = isIdentifier(key) || isStringLiteral(key) ? key.text : key.getText(source);
    if (needed !== 'whole' && !needed.has(plain)) return [];
    return [element.propertyName === undefined ? value : `${key.getText(source)}: ${value}`];
  });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Whether `this` means something in a function, and the compiler knows what. */
function hasThis(node: FunctionNode, context: FileContext): boolean {
  let each: ts.Node = node;
  while (!bindsThis(each)) each = each.parent;
  if (isSourceFile(each) || isModuleDeclaration(each)) return false;
  if (!isFunctionDeclaration(each) && !isFunctionExpression(each)) return true;
  return !context.isTyped || each.parameters.some(({ name }) => isIdentifier(name) && name.text === 'this');
}

function bindsThis(node: ts.Node): boolean {
  if (isFunctionLike(node)) return !isArrowFunction(node);
  return (
    isSourceFile(node) ||
    isModuleDeclaration(node) ||
    isPropertyDeclaration(node) ||
    isClassStaticBlockDeclaration(node)
  );
}
