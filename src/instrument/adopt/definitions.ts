import { ts } from 'ts-morph';
import { bucketPresets } from '../../model/bucket-presets.js';
import type { MetricType } from '../../model/model.js';
import { arithmetic, geometric } from '../../model/progressions.js';
import { clientThing, type ClientThing } from './client.js';
import { nodesNamed, type CodeBase } from './code-base.js';
import { valueOf, type ConstantReader } from './constants.js';
import { innermost } from './expressions.js';
import type { Obstacle } from './left-alone.js';

/** A metric that the code defines with a class of the client library. */
export interface Definition {
  readonly node: ts.NewExpression;
  readonly package: ClientThing['package'];
  readonly type: MetricType;
  readonly name: string;
  /** In the order in which `labels('a', 'b')` takes them; undefined where they are made at run time. */
  readonly labelNames: readonly string[] | undefined;
  /** Undefined where they are made at run time; empty for other types. */
  readonly buckets: readonly number[] | undefined;
  /** Undefined where it is made at run time. */
  readonly aggregator: string | undefined;
  /** The list after `registers:`; undefined: the library's own registry. */
  readonly registers: ts.Expression | undefined;
  /** Properties that no helper has a part for: `collect`, `enableExemplars`, or anything unknown. */
  readonly obstacle: Obstacle | undefined;
  /** The function after `collect:`. */
  readonly collect: ts.ObjectLiteralElementLike | undefined;
}

/** A metric that is made in a way that is not seen through. */
export interface Unclear extends Obstacle {
  readonly node: ts.Node;
  /** Undefined where the name is made at run time. */
  readonly name: string | undefined;
}

const kinds: Readonly<Record<string, MetricType>> = {
  Counter: 'counter',
  Gauge: 'gauge',
  Histogram: 'histogram',
};
const known = new Set([
  'name',
  'help',
  'labelNames',
  'buckets',
  'registers',
  'aggregator',
  'collect',
  'enableExemplars',
]);

export interface FoundDefinitions {
  readonly definitions: readonly Definition[];
  readonly unclear: readonly Unclear[];
}

/** Finds the metrics of a code base. @param names of the metrics that it is asked about */
export function findDefinitions(
  code: CodeBase,
  constants: ConstantReader,
  names: ReadonlySet<string>,
): FoundDefinitions {
  const definitions: Definition[] = [];
  const unclear: Unclear[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const found = readNew(code, constants, node);
      if (found === undefined) madeElsewhere(constants, names, node, unclear);
      else if ('type' in found) definitions.push(found);
      else unclear.push(found);
    } else if (ts.isCallExpression(node)) madeElsewhere(constants, names, node, unclear);
    ts.forEachChild(node, visit);
  };
  for (const { source } of code.files) if (isWorthALook(source)) visit(source);
  for (const { source } of code.files) taken(source, constants, names, unclear);
  return { definitions, unclear };
}

function isWorthALook({ text }: ts.SourceFile): boolean {
  return /counter|gauge|histogram|metric/i.test(text);
}

function readNew(
  { checker }: CodeBase,
  constants: ConstantReader,
  node: ts.NewExpression,
): Definition | Unclear | undefined {
  const thing = clientThing(checker, node.expression);
  const type = thing?.name === undefined ? undefined : kinds[thing.name];
  if (thing === undefined || type === undefined) return undefined;
  const [argument, ...others] = node.arguments ?? [];
  const properties = argument === undefined || others.length > 0 ? undefined : constants.properties(argument);
  const nameOf = valueOf(properties?.get('name'));
  const name = nameOf === undefined ? undefined : constants.text(nameOf);
  if (properties === undefined || name === undefined) {
    const isTaken = argument !== undefined && ts.isIdentifier(innermost(argument));
    return {
      node,
      name: undefined,
      reason: isTaken ? 'what it is made with comes in as a parameter' : 'its name is made at run time',
      help: 'define each metric where it stands, with its name written out',
    };
  }
  const labels = properties.get('labelNames');
  const registers = valueOf(properties.get('registers'));
  return {
    node,
    package: thing.package,
    type,
    name,
    labelNames: labels === undefined ? [] : textsOf(constants, valueOf(labels)),
    buckets: type === 'histogram' ? bucketsOf(constants, properties) : [],
    aggregator: aggregatorOf(constants, properties),
    registers: registers === undefined || isUndefined(registers) ? undefined : registers,
    obstacle: obstacleOf(properties),
    collect: properties.get('collect'),
  };
}

function isUndefined(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'undefined';
}

function textsOf(constants: ConstantReader, node: ts.Expression | undefined): readonly string[] | undefined {
  const texts = node && constants.items(node)?.map((item) => constants.text(item));
  return texts?.every((text): text is string => text !== undefined) === true ? texts : undefined;
}

function aggregatorOf(
  constants: ConstantReader,
  properties: ReadonlyMap<string, ts.ObjectLiteralElementLike>,
): string | undefined {
  const written = properties.get('aggregator');
  if (written === undefined) return 'sum';
  const value = valueOf(written);
  return value === undefined ? undefined : constants.text(value);
}

function bucketsOf(
  constants: ConstantReader,
  properties: ReadonlyMap<string, ts.ObjectLiteralElementLike>,
): readonly number[] | undefined {
  const property = properties.get('buckets');
  if (property === undefined) return bucketPresets.seconds;
  const written = valueOf(property);
  if (written === undefined) return undefined;
  const items = constants.items(written);
  if (items !== undefined) {
    const numbers = items.map((item) => constants.number(item));
    if (!numbers.every((each): each is number => each !== undefined)) return undefined;
    return numbers.filter((each) => each !== Infinity);
  }
  const call = constants.resolve(written);
  if (!ts.isCallExpression(call)) return undefined;
  const [start, step, count] = call.arguments.map((each) => constants.number(each));
  if (start === undefined || step === undefined || count === undefined || count > 100) return undefined;
  const name = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : call.expression.getText();
  if (name === 'linearBuckets') return arithmetic(start, step, count);
  return name === 'exponentialBuckets' ? geometric(start, step, count) : undefined;
}

function obstacleOf(properties: ReadonlyMap<string, ts.ObjectLiteralElementLike>): Obstacle | undefined {
  const exemplars = valueOf(properties.get('enableExemplars'));
  if (exemplars !== undefined && exemplars.kind !== ts.SyntaxKind.FalseKeyword)
    return {
      reason: 'it keeps exemplars, whose calls are of another form',
      help: 'write `exemplars: true` in the spec, which takes the trace id of the active span, and change its calls by hand',
    };
  for (const name of properties.keys())
    if (!known.has(name))
      return { reason: `its option \`${name}\` has no counterpart`, help: 'take the option out' };
  return undefined;
}

/** A function of the code's own, or of another library, that is given what a metric is made with. */
function madeElsewhere(
  constants: ConstantReader,
  names: ReadonlySet<string>,
  node: ts.NewExpression | ts.CallExpression,
  unclear: Unclear[],
): void {
  const callee = node.expression.getText();
  if (!/(?:counter|gauge|histogram|metric)[^.]*$/i.test(callee)) return;
  for (const argument of node.arguments ?? []) {
    if (!ts.isObjectLiteralExpression(innermost(argument))) continue;
    const value = valueOf(constants.properties(argument)?.get('name'));
    const name = value === undefined ? undefined : constants.text(value);
    if (name === undefined || !names.has(name)) continue;
    unclear.push({
      node,
      name,
      reason: `\`${callee.replace(/\s+/g, ' ').slice(0, 60)}\` makes it, which is not seen through`,
      help: 'make it with the class of prom-client itself, or put the helper in its place by hand',
    });
  }
}

/** `register.getSingleMetric('name')`: what it returns is used as a metric of the library. */
function taken(
  source: ts.SourceFile,
  constants: ConstantReader,
  names: ReadonlySet<string>,
  unclear: Unclear[],
): void {
  for (const method of ['getSingleMetric', 'removeSingleMetric'])
    for (const node of nodesNamed(source, method)) {
      const { parent } = node;
      if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) continue;
      const [argument] = parent.parent.arguments;
      const name = argument === undefined ? undefined : constants.text(argument);
      if (name === undefined || !names.has(name)) continue;
      unclear.push({
        node,
        name,
        reason: `\`${method}\` takes it from the registry by its name`,
        help: 'use the variable that holds it',
      });
    }
}
