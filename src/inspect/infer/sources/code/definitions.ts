import { ts } from 'ts-morph';
import { arithmetic, geometric } from '../../../../model/progressions.js';
import { bucketPresets } from '../../../../model/bucket-presets.js';
import {
  labelOf,
  newMetric,
  type Evidence,
  type NamePattern,
  type SeenMetric,
  type SeenType,
} from '../../evidence.js';
import { placeOf, valueOf, writtenName, type CodeFile, type Constants, type Pieces } from './constants.js';

/** A metric of the code, and what it is called there. */
export interface Definition {
  readonly file: CodeFile;
  readonly node: ts.Expression;
  readonly metric: SeenMetric;
  /** Names of its labels in the order in which `labels('a', 'b')` takes them; undefined where they are not known. */
  readonly labelNames: readonly string[] | undefined;
  /** Variable, property or key that holds it. */
  readonly holder: string | undefined;
  readonly api: 'prometheus' | 'opentelemetry';
}

const kinds: readonly (readonly [RegExp, SeenType])[] = [
  [/counter/i, 'counter'],
  [/gauge/i, 'gauge'],
  [/histogram/i, 'histogram'],
  [/summary/i, 'summary'],
];

/** The last word of what is called: `client.Counter`, `createCounter`, `register.gauge`. */
function calleeName(expression: ts.Expression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** Variable, property or key that the value of an expression goes to. */
export function holderOf(node: ts.Node): string | undefined {
  let at: ts.Node = node;
  while (
    ts.isAsExpression(at.parent) ||
    ts.isParenthesizedExpression(at.parent) ||
    ts.isSatisfiesExpression(at.parent) ||
    ts.isAwaitExpression(at.parent)
  )
    at = at.parent;
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertyAssignment(parent))
    return writtenName(parent.name);
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment) {
    if (parent.right !== at) return undefined;
    const { left } = parent;
    return ts.isPropertyAccessExpression(left) ? left.name.text : writtenName(left);
  }
  return undefined;
}

/**
 * The names that begin with the first known piece, end with the last and have the others between them in their order. Looked for from left
 * to right: a regular expression with a wildcard for each of twenty gaps could be tried in more ways than there is time for.
 */
function asPattern(pieces: Pieces): NamePattern {
  const known = [''];
  for (const piece of pieces) {
    if (piece === undefined) known.push('');
    else known.push(`${known.pop() ?? ''}${piece}`);
  }
  const [first = '', ...others] = known;
  const last = others.pop();
  return {
    test(name) {
      if (last === undefined) return name === first;
      if (!name.startsWith(first) || !name.endsWith(last)) return false;
      const end = name.length - last.length;
      let at = first.length;
      for (const each of others) {
        const found = name.indexOf(each, at);
        if (found === -1) return false;
        at = found + each.length;
      }
      return at <= end;
    },
  };
}

/** A name with what is made at run time shown as it is written. */
function shownName(pieces: Pieces): string {
  return pieces.map((piece) => piece ?? '…').join('');
}

/** The metric of a name; of a name that is made at run time one of its own, which pages can tell the names of. */
export function metricOf(
  evidence: Evidence,
  pieces: Pieces,
  subject: string,
  where: string,
): SeenMetric | undefined {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) {
    if (/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(only)) return evidence.metric(only);
    evidence.note('left out', subject, `\`${only}\` is no name of a metric`, where);
    return undefined;
  }
  if (pieces.every((piece) => piece === undefined)) {
    evidence.note('left out', subject, 'its name is made at run time', where);
    return undefined;
  }
  const metric = newMetric(shownName(pieces));
  evidence.namePatterns.push({ pattern: asPattern(pieces), metric });
  return metric;
}

/** The default of prom-client. */
const defaultBuckets: readonly number[] = bucketPresets.seconds;

function readBuckets(constants: Constants, node: ts.Expression): readonly number[] | undefined {
  const items = constants.items(node);
  if (items !== undefined) {
    const numbers = items.map((item) => constants.number(item));
    return numbers.every((each): each is number => each !== undefined) ? numbers : undefined;
  }
  const call = constants.resolve(node);
  if (call === undefined || !ts.isCallExpression(call)) return undefined;
  const [start, step, count] = call.arguments.map((each) => constants.number(each));
  if (start === undefined || step === undefined || count === undefined || count > 100) return undefined;
  const name = calleeName(call.expression);
  if (name === 'linearBuckets') return arithmetic(start, step, count);
  return name === 'exponentialBuckets' ? geometric(start, step, count) : undefined;
}

const aggregators = ['sum', 'first', 'min', 'max', 'average'] as const;

/** Whether the code is certain to be prom-client's: a class of a package that is one. */
function clientNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!/^(?:prom-client|@prometheus-io\/client)$/.test(statement.moduleSpecifier.text)) continue;
    const clause = statement.importClause;
    if (clause?.name !== undefined) names.add(clause.name.text);
    const bindings = clause?.namedBindings;
    if (bindings !== undefined && ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
    else for (const each of bindings?.elements ?? []) names.add(each.name.text);
  }
  return names;
}

function setOnce<K extends 'help' | 'buckets' | 'aggregate'>(
  metric: SeenMetric,
  key: K,
  value: SeenMetric[K] | undefined,
): void {
  metric[key] ??= value;
}

/** Reads `new Counter({ name, help, … })`, or what a helper makes of the same object. */
function readDefinition(
  evidence: Evidence,
  constants: Constants,
  file: CodeFile,
  node: ts.NewExpression | ts.CallExpression,
  clients: ReadonlySet<string>,
): Definition | undefined {
  const [argument] = node.arguments ?? [];
  const object = argument === undefined ? undefined : constants.object(argument);
  const name = object && valueOf(object, 'name');
  const help = object && valueOf(object, 'help');
  if (object === undefined || name === undefined || help === undefined) return undefined;
  const callee = calleeName(node.expression);
  const type = kinds.find(([pattern]) => pattern.test(callee))?.[1];
  const where = placeOf(file, node);
  if (type === undefined) return undefined;
  const metric = metricOf(evidence, constants.pieces(name), `metrics.${name.getText()}`, where);
  if (metric === undefined) return undefined;
  metric.sightings.push({ kind: 'code', where });
  if (metric.type === 'unknown') {
    metric.type = type;
    const root = node.expression.getText().split('.')[0] ?? '';
    if (!ts.isNewExpression(node) && !clients.has(root))
      metric.typeGuess = `a ${type}, by the name of ${callee}()`;
  } else if (metric.type !== type)
    evidence.note(
      'look',
      `metrics.${metric.name}`,
      `the code has it as a ${type} and as a ${metric.type}`,
      where,
    );
  setOnce(metric, 'help', constants.text(help)?.trim());
  const aggregator = valueOf(object, 'aggregator');
  const aggregate = aggregator === undefined ? undefined : constants.text(aggregator);
  if (type === 'gauge')
    setOnce(
      metric,
      'aggregate',
      aggregators.find((each) => each === aggregate),
    );
  if (type === 'histogram') {
    const written = valueOf(object, 'buckets');
    const bounds = written === undefined ? defaultBuckets : readBuckets(constants, written);
    if (bounds !== undefined) setOnce(metric, 'buckets', bounds);
  }
  const exemplars = valueOf(object, 'enableExemplars');
  metric.exemplars ||= exemplars?.kind === ts.SyntaxKind.TrueKeyword;
  return {
    file,
    node,
    metric,
    labelNames: readLabels(constants, object, metric),
    holder: holderOf(node),
    api: 'prometheus',
  };
}

function readLabels(
  constants: Constants,
  object: ts.ObjectLiteralExpression,
  metric: SeenMetric,
): readonly string[] | undefined {
  const written = valueOf(object, 'labelNames');
  if (written === undefined) return [];
  const names = constants.items(written)?.map((item) => constants.text(item));
  for (const each of names ?? []) if (each !== undefined) labelOf(metric, each);
  return names?.every((each): each is string => each !== undefined) === true ? names : undefined;
}

/** What the code says of its registry: default metrics and the labels of all metrics. */
function readRegistry(evidence: Evidence, constants: Constants, call: ts.CallExpression): void {
  const callee = calleeName(call.expression);
  const [argument] = call.arguments;
  const object = argument === undefined ? undefined : constants.object(argument);
  if (callee === 'collectDefaultMetrics') {
    const prefix = object && valueOf(object, 'prefix');
    const text = prefix === undefined ? '' : constants.text(prefix);
    if (text !== undefined) evidence.defaultPrefixes.add(text);
  } else if (callee === 'setDefaultLabels' && object !== undefined) {
    for (const property of object.properties) {
      const name = writtenName(property.name);
      const value = name === undefined ? undefined : valueOf(object, name);
      if (name !== undefined && !evidence.defaultLabels.has(name))
        evidence.defaultLabels.set(name, value === undefined ? undefined : constants.text(value));
    }
  }
}

/** Finds the metrics that a file defines with prom-client, or with a helper that takes the same object. */
export function readDefinitions(
  evidence: Evidence,
  constants: Constants,
  file: CodeFile,
): readonly Definition[] {
  const found: Definition[] = [];
  const clients = clientNames(file.source);
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const definition = readDefinition(evidence, constants, file, node, clients);
      if (definition !== undefined) found.push(definition);
      if (ts.isCallExpression(node)) readRegistry(evidence, constants, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file.source);
  return found;
}
