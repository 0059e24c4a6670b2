import { ts } from 'ts-morph';
import type { Evidence, SeenSpan } from '../../evidence.js';
import { placeOf, valueOf, writtenName, type CodeFile, type Constants } from './constants.js';
import { holderOf } from './definitions.js';

const openers: ReadonlySet<string> = new Set(['startActiveSpan', 'startSpan']);
const kinds: ReadonlySet<string> = new Set(['internal', 'server', 'client', 'producer', 'consumer']);
const names = /^[a-zA-Z_][a-zA-Z0-9_.-]*$/;

type AttributeType = 'string' | 'int' | 'double' | 'boolean';

/** What an expression plainly is; most are texts. */
function typeOf(constants: Constants, node: ts.Expression): AttributeType {
  const number = constants.number(node);
  if (number !== undefined) return Number.isInteger(number) ? 'int' : 'double';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return 'boolean';
  if (ts.isPropertyAccessExpression(node) && /^(?:length|size)$/.test(node.name.text)) return 'int';
  return 'string';
}

function addAttribute(
  constants: Constants,
  span: SeenSpan,
  key: string | undefined,
  value: ts.Expression | undefined,
): void {
  if (key !== undefined && value !== undefined && names.test(key) && !span.attributes.has(key))
    span.attributes.set(key, typeOf(constants, value));
}

function addAttributes(constants: Constants, span: SeenSpan, node: ts.Expression | undefined): void {
  const object = node === undefined ? undefined : constants.object(node);
  for (const property of object?.properties ?? []) {
    if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) continue;
    const computed = property.name;
    const key = ts.isComputedPropertyName(computed)
      ? constants.text(computed.expression)
      : writtenName(computed);
    const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
    addAttribute(constants, span, key, value);
  }
}

/** `span.setAttribute('key', value)` and `setAttributes({ … })` on the span of a name, below a node. */
function readSetters(constants: Constants, span: SeenSpan, name: string, below: ts.Node): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name: method } = node.expression;
      const [first, second] = node.arguments;
      if (expression.getText() === name && first !== undefined) {
        if (method.text === 'setAttribute') addAttribute(constants, span, constants.text(first), second);
        else if (method.text === 'setAttributes') addAttributes(constants, span, first);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(below);
}

/** The function around a node, or the file. */
function surrounding(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at;
}

function readSpan(evidence: Evidence, constants: Constants, file: CodeFile, call: ts.CallExpression): void {
  const [first, ...rest] = call.arguments;
  if (first === undefined || constants.object(first) !== undefined) return;
  const where = placeOf(file, call);
  const name = constants.text(first);
  if (name === undefined) {
    evidence.note('left out', `spans.${first.getText()}`, 'its name is made at run time', where);
    return;
  }
  let span = evidence.spans.get(name);
  if (span === undefined) {
    span = { name, kind: undefined, attributes: new Map(), sightings: [] };
    evidence.spans.set(name, span);
  }
  span.sightings.push({ kind: 'code', where });
  const [second] = rest;
  const options = second === undefined ? undefined : constants.object(second);
  const kind = options && valueOf(options, 'kind');
  const word = kind?.getText().split('.').at(-1)?.toLowerCase();
  if (word !== undefined && kinds.has(word)) span.kind ??= word;
  addAttributes(constants, span, options && valueOf(options, 'attributes'));
  const callback = rest.find((each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each));
  const parameter = callback === undefined ? undefined : (callback as ts.ArrowFunction).parameters[0];
  const held = parameter === undefined ? holderOf(call) : writtenName(parameter.name);
  if (held !== undefined) readSetters(constants, span, held, callback ?? surrounding(call));
}

/** Finds the spans that a file opens with OpenTelemetry's API. */
export function readSpans(evidence: Evidence, constants: Constants, file: CodeFile): void {
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      openers.has(node.expression.name.text)
    )
      readSpan(evidence, constants, file, node);
    ts.forEachChild(node, visit);
  };
  visit(file.source);
}
