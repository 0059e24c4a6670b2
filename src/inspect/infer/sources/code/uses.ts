import { ts } from 'ts-morph';
import { addValue, labelOf, type SeenMetric } from '../../evidence.js';
import { bare, valueOf, writtenName, type CodeFile, type Constants } from './constants.js';
import { holderOf, type Definition } from './definitions.js';
import { sanitised } from './otel.js';

/** Methods that record, and at which argument their labels stand. */
const recording: Readonly<Record<Definition['api'], ReadonlyMap<string, number>>> = {
  prometheus: new Map(
    ['inc', 'dec', 'increment', 'decrement', 'set', 'observe', 'startTimer', 'labels', 'zero'].map((name) => [
      name,
      0,
    ]),
  ),
  opentelemetry: new Map([
    ['add', 1],
    ['record', 1],
  ]),
};

/** The definitions by what holds them; one that is in the same file comes before those of others. */
class Holders {
  readonly #byName = new Map<string, Definition[]>();

  constructor(definitions: readonly Definition[]) {
    for (const definition of definitions) {
      if (definition.holder === undefined) continue;
      const same = this.#byName.get(definition.holder) ?? [];
      this.#byName.set(definition.holder, [...same, definition]);
    }
  }

  find(name: string, file: CodeFile): Definition | undefined {
    const all = this.#byName.get(name) ?? [];
    const here = all.filter((each) => each.file === file);
    const [only, ...others] = here.length > 0 ? here : all;
    // Two metrics under one name in other files: which of them is meant, a name alone does not tell.
    return others.some(({ metric }) => metric !== only?.metric) ? undefined : only;
  }
}

/** The name of what a method is called on, past `labels(…)`. */
function receiver(node: ts.Expression): string | undefined {
  const found = bare(node);
  if (ts.isCallExpression(found)) {
    const callee = found.expression;
    const isLabelled = ts.isPropertyAccessExpression(callee) && callee.name.text === 'labels';
    return isLabelled ? receiver(callee.expression) : undefined;
  }
  if (ts.isPropertyAccessExpression(found)) return found.name.text;
  if (ts.isElementAccessExpression(found)) return writtenName(found.argumentExpression);
  return ts.isIdentifier(found) ? found.text : undefined;
}

function open(metric: SeenMetric, name: string): void {
  labelOf(metric, name).openCalls += 1;
}

function readValue(constants: Constants, metric: SeenMetric, name: string, node: ts.Expression): void {
  const values = constants.values(node);
  if (values === undefined) {
    open(metric, name);
    return;
  }
  const label = labelOf(metric, name);
  label.literalCalls += 1;
  for (const value of values) {
    if (value === '') continue;
    addValue(label, value, 0);
    label.literals.add(value);
  }
}

/** Reads `{ method: 'GET', route }`. */
function readObject(
  constants: Constants,
  { metric, api }: Definition,
  object: ts.ObjectLiteralExpression,
): void {
  const named = new Set<string>();
  let isWhole = true;
  for (const property of object.properties) {
    const written = ts.isSpreadAssignment(property) ? undefined : writtenName(property.name);
    const value = written === undefined ? undefined : valueOf(object, written);
    if (written === undefined || value === undefined) {
      isWhole = false;
      continue;
    }
    const name = api === 'opentelemetry' ? sanitised(written) : written;
    named.add(name);
    // A label that prom-client was not told of is an error when it runs.
    if (api === 'prometheus' && metric.labels.size > 0 && !metric.labels.has(name)) continue;
    readValue(constants, metric, name, value);
  }
  if (isWhole) return;
  for (const name of metric.labels.keys()) if (!named.has(name)) open(metric, name);
}

function readLabels(constants: Constants, definition: Definition, node: ts.Expression): void {
  const object = constants.object(node);
  if (object !== undefined) readObject(constants, definition, object);
  else if (constants.number(node) === undefined && !isNumeric(node))
    for (const name of definition.metric.labels.keys()) open(definition.metric, name);
}

/** Whether an argument is plainly a value and no labels. */
function isNumeric(node: ts.Expression): boolean {
  const found = bare(node);
  return (
    ts.isNumericLiteral(found) ||
    ts.isPrefixUnaryExpression(found) ||
    (ts.isBinaryExpression(found) && !ts.isObjectLiteralExpression(found.right)) ||
    (ts.isPropertyAccessExpression(found) && /^(?:length|size|value|count)$/.test(found.name.text))
  );
}

/** `labels('GET', route)`: by the order in which the labels were declared. */
function readPositional(constants: Constants, definition: Definition, nodes: readonly ts.Expression[]): void {
  nodes.forEach((node, index) => {
    const name = definition.labelNames?.[index];
    if (name !== undefined) readValue(constants, definition.metric, name, node);
  });
}

function readCall(
  constants: Constants,
  definition: Definition,
  method: string,
  call: ts.CallExpression,
): void {
  const at = recording[definition.api].get(method);
  if (at === undefined) return;
  const [first] = call.arguments;
  if (method === 'labels' && first !== undefined && constants.object(first) === undefined) {
    readPositional(constants, definition, call.arguments);
    return;
  }
  const labels = call.arguments[at];
  // `observe(value)` and `set(value)` of a metric without labels.
  const isAlone = definition.api === 'prometheus' && call.arguments.length === 1 && method !== 'labels';
  if (
    labels === undefined ||
    (isAlone &&
      constants.object(labels) === undefined &&
      !method.startsWith('inc') &&
      method !== 'startTimer')
  )
    return;
  readLabels(constants, definition, labels);
}

/** Calls of what `startTimer` returned: they may add labels. */
function readEnds(constants: Constants, file: CodeFile, timers: ReadonlyMap<string, Definition>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const definition = timers.get(node.expression.text);
      const [labels] = node.arguments;
      if (definition !== undefined && labels !== undefined) readLabels(constants, definition, labels);
    }
    ts.forEachChild(node, visit);
  };
  if (timers.size > 0) visit(file.source);
}

/** `gauge.addCallback((result) => result.observe(value, attributes))`. */
function readCallback(constants: Constants, definition: Definition, callback: ts.Node): void {
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'observe'
    ) {
      const attributes = node.arguments[1];
      if (attributes !== undefined) readLabels(constants, definition, attributes);
    }
    ts.forEachChild(node, visit);
  };
  visit(callback);
}

/** Finds the calls that record into metrics, and the values that their labels are given. */
export function readUses(
  constants: Constants,
  files: readonly CodeFile[],
  definitions: readonly Definition[],
): void {
  const holders = new Holders(definitions);
  for (const file of files) {
    const timers = new Map<string, Definition>();
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const method = node.expression.name.text;
        const name = receiver(node.expression.expression);
        const definition = name === undefined ? undefined : holders.find(name, file);
        if (definition !== undefined) {
          readCall(constants, definition, method, node);
          const [first] = node.arguments;
          if (method === 'addCallback' && first !== undefined) readCallback(constants, definition, first);
          const end = method === 'startTimer' ? holderOf(node) : undefined;
          if (end !== undefined) timers.set(end, definition);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file.source);
    readEnds(constants, file, timers);
  }
}
