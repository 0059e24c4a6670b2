import { ts } from 'ts-morph';
import type { FunctionNode, ToolFacts } from '../candidate.js';
import { calleeText, holderName, nameText, outermost } from './names.js';

const {
  isAsExpression,
  isCallExpression,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
} = ts;

const { Identifier: identifier, PropertyAccessExpression: propertyAccess } = ts.SyntaxKind;

/**
 * What a tool executes, as the agent SDKs write it: `execute` of an object, given to `tool()`, `createTool()`, `server.addTool()` or to
 * nothing; `func`, `handler` and `run` of an object that has a schema or is given to such a function; a function that is given to
 * `tool(fn, {...})`, `server.tool(name, schema, fn)`, `server.registerTool(name, config, fn)`.
 */
export function toolFacts(node: FunctionNode, source: ts.SourceFile): ToolFacts | undefined {
  return toolOf(outermostFunction(node), source);
}

/** The same for a name that stands where the function would: `server.tool('search', schema, search)`, `{ execute: search }`. */
export function referredTool(reference: ts.Identifier, source: ts.SourceFile): ToolFacts | undefined {
  const { parent } = reference;
  if (isShorthandPropertyAssignment(parent)) return memberOfTool(parent, source);
  return toolOf(outermost(reference), source);
}

/** Whether a key names what a tool executes: only then is more to be looked at. */
export function isExecutor(name: string): boolean {
  switch (name) {
    case 'execute':
    case 'func':
    case 'handler':
    case 'run':
    case 'function':
      return true;
    default:
      return false;
  }
}

function outermostFunction(node: FunctionNode): ts.Node {
  return isMethodDeclaration(node) ? node : outermost(node);
}

function toolOf(node: ts.Node, source: ts.SourceFile): ToolFacts | undefined {
  if (isMethodDeclaration(node)) return memberOfTool(node, source);
  const { parent } = node;
  if (isPropertyAssignment(parent)) return memberOfTool(parent, source);
  if (isCallExpression(parent) || isNewExpression(parent)) return argumentOfTool(parent, node, source);
  return undefined;
}

function memberOfTool(member: ts.ObjectLiteralElementLike, source: ts.SourceFile): ToolFacts | undefined {
  const key = nameText(member.name, source);
  const object = member.parent;
  if (key === undefined || !isExecutor(key) || !isObjectLiteralExpression(object)) return undefined;
  const outer = outermost(object);
  const { parent } = outer;
  const call = isCallExpression(parent) || isNewExpression(parent) ? parent : undefined;
  const callee = call === undefined ? undefined : calleeText(call.expression, source);
  const isGiven = callee !== undefined && isToolCallee(callee);
  if (key !== 'execute' && !isGiven && !hasSchema(object, source)) return undefined;
  return {
    name: literalName(object, source) ?? firstArgument(call) ?? keyName(call ?? object, source),
    callee,
  };
}

/** `tool(fn, { name })`, `server.tool('search', schema, fn)`, `defineTool({ name }, fn)`, and MCP's handler of all tools. */
function argumentOfTool(
  call: ts.CallExpression | ts.NewExpression,
  node: ts.Node,
  source: ts.SourceFile,
): ToolFacts | undefined {
  const given = call.arguments;
  if (given === undefined || given.length < 2) return undefined;
  const callee = calleeText(call.expression, source);
  if (callee === undefined) return undefined;
  if (callee.endsWith('setRequestHandler')) {
    const [schema] = given;
    const isTools = schema !== undefined && calleeText(schema, source) === 'CallToolRequestSchema';
    return isTools ? { name: undefined, callee } : undefined;
  }
  if (!isToolCallee(callee) || !given.includes(node as ts.Expression)) return undefined;
  const objects = given.filter((each) => isObjectLiteralExpression(each));
  const first = firstArgument(call);
  // `spans.tool({ agent }, () => …)` is another function that happens to be called so.
  const isDefinition =
    first !== undefined ||
    (given.length > 2 && isNamedBySdks(callee)) ||
    objects.some((each) => isDescribed(each, source));
  if (!isDefinition) return undefined;
  const named = objects.map((each) => literalName(each, source)).find((name) => name !== undefined);
  return { name: first ?? named ?? keyName(call, source), callee };
}

/** Whether a callee's last word may make it one that takes tools: cheap, for what is asked of every call. */
export function mayTakeTool(callee: ts.Expression): boolean {
  const { kind } = callee;
  if (kind !== identifier && kind !== propertyAccess) return false;
  const { text } =
    kind === identifier ? (callee as ts.Identifier) : (callee as ts.PropertyAccessExpression).name;
  return isToolCallee(text) || text === 'from' || text === 'setRequestHandler';
}

/**
 * `tool`, `server.registerTool`, `DynamicStructuredTool`: the last word says it; `FunctionTool.from` as the exception. What does something
 * with a tool makes none: `callTool`, `removeTool`.
 */
function isToolCallee(callee: string): boolean {
  const last = lastWord(callee);
  return last === 'tool' || (last.endsWith('Tool') && !usingTools.test(last));
}

const usingTools =
  /^(?:ask|call|cancel|check|delete|describe|disable|dispatch|enable|exec|execute|fetch|find|format|get|handle|has|invoke|is|list|load|log|parse|perform|process|remove|request|resolve|retry|run|select|send|start|stop|submit|test|toggle|trigger|try|unregister|update|validate)[A-Z]/;

/**
 * Whether a function by this name takes a tool for certain, whatever else it is given: `server.tool(name, schema, run)`. Of others, which
 * programs name as they like, the arguments have to say it.
 */
function isNamedBySdks(callee: string): boolean {
  return /^(?:tool|(?:add|beta|betaZod|build|create|define|dynamic|function|make|register|structured|zod)?Tool|\p{Lu}\w*Tool)$/u.test(
    lastWord(callee),
  );
}

function lastWord(callee: string): string {
  const isFactory = callee.endsWith('Tool.from');
  return isFactory ? 'Tool' : callee.slice(callee.lastIndexOf('.') + 1);
}

/** The key or variable that holds a tool; what is only exported by default has none. */
function keyName(tool: ts.Node, source: ts.SourceFile): string | undefined {
  const name = holderName(tool, source);
  return name === 'default' ? undefined : name;
}

function firstArgument(call: ts.CallExpression | ts.NewExpression | undefined): string | undefined {
  const first = call?.arguments?.[0];
  return first !== undefined && isStringLiteralLike(first) ? first.text : undefined;
}

/** The literal after `name:` or, as Mastra has it, `id:`. */
function literalName(object: ts.ObjectLiteralExpression, source: ts.SourceFile): string | undefined {
  return literalOf(object, 'name', source) ?? literalOf(object, 'id', source);
}

function literalOf(
  object: ts.ObjectLiteralExpression,
  key: string,
  source: ts.SourceFile,
): string | undefined {
  for (const property of object.properties) {
    if (!isPropertyAssignment(property) || nameText(property.name, source) !== key) continue;
    let { initializer } = property;
    while (isAsExpression(initializer)) initializer = initializer.expression;
    return isStringLiteralLike(initializer) ? initializer.text : undefined;
  }
  return undefined;
}

function isDescribed(object: ts.ObjectLiteralExpression, source: ts.SourceFile): boolean {
  return (
    hasSchema(object, source) ||
    object.properties.some(({ name }) => ['name', 'id', 'description'].includes(nameText(name, source) ?? ''))
  );
}

function hasSchema(object: ts.ObjectLiteralExpression, source: ts.SourceFile): boolean {
  return object.properties.some(({ name }) => {
    switch (nameText(name, source)) {
      case 'parameters':
      case 'schema':
      case 'inputSchema':
      case 'input_schema':
        return true;
      default:
        return false;
    }
  });
}
