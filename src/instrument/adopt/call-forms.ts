import { ts } from 'ts-morph';
import type { Metric } from '../../model/model.js';
import { replace, type Edit } from '../edit.js';
import { hasComment } from './expressions.js';
import type { LabelValues } from './label-values.js';
import type { Obstacle } from './left-alone.js';

/** What a call becomes. */
export interface CallForm {
  readonly edits: readonly Edit[];
  /** Labels that are known where a timer was started. */
  readonly timer?: ReadonlySet<string> | undefined;
  /** The expression whose value is a row: `x.labels(…)` that is kept. */
  readonly row?: ts.CallExpression | undefined;
  /** The call that records, where that is the one around: `x.labels(…).inc()`. */
  readonly whole: ts.CallExpression;
}

export const isObstacle = (found: object): found is Obstacle => 'reason' in found;

/** Methods that helpers have as well, and how many values they are given after the labels. */
const methods: Readonly<Record<Metric['type'], ReadonlyMap<string, number>>> = {
  counter: new Map([['inc', 1]]),
  gauge: new Map([
    ['inc', 1],
    ['dec', 1],
    ['set', 1],
    ['setToCurrentTime', 0],
  ]),
  histogram: new Map([
    ['observe', 1],
    ['startTimer', 0],
  ]),
};
/** Methods that need their value. */
const valued: ReadonlySet<string> = new Set(['set', 'observe']);

/** All that records, in the library: where nothing tells what an object is, these are a hint. */
export const recordingMethods: ReadonlySet<string> = new Set([
  ...[
    'inc',
    'dec',
    'set',
    'setToCurrentTime',
    'observe',
    'startTimer',
    'labels',
    'remove',
    'reset',
    'zero',
    'get',
  ],
]);

const advice: Readonly<Record<string, string>> = {
  get: 'read the page instead: await register.metrics()',
  reset:
    'take it out: what is recorded stays until the process ends, and a test can compare before and after',
  zero: 'write `init: true` in the spec, which begins known rows at 0',
  startTimer: 'measure with a histogram, or set the seconds by hand',
  hashMap: 'read the page instead: await register.metrics()',
};

function noCounterpart(method: string): Obstacle {
  return {
    reason: `\`${method}\` has no counterpart`,
    help: advice[method] ?? 'record by inc, dec, set, observe or startTimer',
  };
}

/** Makes the calls of one metric calls of its helper. */
export class CallForms {
  readonly #type: Metric['type'];
  readonly #labels: LabelValues;
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker, type: Metric['type'], labels: LabelValues) {
    this.#checker = checker;
    this.#type = type;
    this.#labels = labels;
  }

  /** @param access what is called: `requests.inc` */
  of(call: ts.CallExpression, access: ts.PropertyAccessExpression, quote: string): CallForm | Obstacle {
    const method = access.name.text;
    if (call.questionDotToken !== undefined) return unusual;
    if (method === 'labels') return this.#labelled(call, access, quote);
    if (method === 'remove') return this.#removed(call, quote);
    const values = methods[this.#type].get(method);
    if (values === undefined) return noCounterpart(method);
    if (call.arguments.some((each) => ts.isSpreadElement(each)))
      return { reason: 'arguments are spread into its call', help: 'write the arguments out' };
    return this.#labels.count === 0
      ? this.#bare(call, method, values)
      : this.#recording(call, method, values, quote);
  }

  /** A call of a row: `row.inc(2)`, where `row` is what `labels` returned. */
  ofRow(call: ts.CallExpression, access: ts.PropertyAccessExpression): CallForm | Obstacle {
    const method = access.name.text;
    const values = methods[this.#type].get(method);
    if (values === undefined || call.questionDotToken !== undefined) return noCounterpart(method);
    const found = this.#bare(call, method, values);
    if (isObstacle(found) || found.timer === undefined) return found;
    return { ...found, timer: new Set(this.#labels.missing(new Set())) };
  }

  /** What the function that `startTimer` returned is given when it ends. */
  ofTimer(call: ts.CallExpression, known: ReadonlySet<string>, quote: string): readonly Edit[] | Obstacle {
    const [labels, ...others] = call.arguments;
    if (others.length > 0)
      return { reason: 'its timer is given more than labels', help: 'give it its labels alone' };
    if (labels === undefined) return this.#whole(known, []);
    if (isNothing(labels)) return this.#whole(known, [cut(labels, call)]);
    const found = this.#labels.object(labels, quote);
    if (isObstacle(found)) return found;
    return this.#whole(new Set([...known, ...found.keys]), found.edits);
  }

  /** Why a timer may not be called without labels. */
  missing(known: ReadonlySet<string>): Obstacle | undefined {
    const found = this.#whole(known, []);
    return isObstacle(found) ? found : undefined;
  }

  #whole(keys: ReadonlySet<string>, edits: readonly Edit[]): readonly Edit[] | Obstacle {
    const [missing] = this.#labels.missing(keys);
    return missing === undefined ? edits : absent(missing);
  }

  /** Without labels: `inc(2)`, `inc({}, 2)`. */
  #bare(call: ts.CallExpression, method: string, values: number): CallForm | Obstacle {
    const [first, ...others] = call.arguments;
    const edits: Edit[] = [];
    let given = call.arguments.length;
    if (first !== undefined && others.length > 0 && isAbsent(first) && this.#type !== 'histogram')
      return {
        reason: `\`${method}(${first.getText()}, …)\` does not take its value into account`,
        help: `write ${method}(value), where that is what it means`,
      };
    if (first !== undefined && isNothing(first) && (others.length > 0 || !isUndefined(first))) {
      edits.push(cut(first, call));
      given -= 1;
    } else if (first !== undefined && this.#isObject(first))
      return { reason: 'it has no labels, and its call is given an object', help: 'give it a number' };
    if (given > values)
      return { reason: `\`${method}\` is given more than a helper takes`, help: 'give it its value alone' };
    if (given === 0 && valued.has(method))
      return { reason: `\`${method}\` is given no value`, help: 'give it one' };
    return { edits, whole: call, timer: method === 'startTimer' ? new Set() : undefined };
  }

  #isObject(node: ts.Expression): boolean {
    const { flags } = this.#checker.getTypeAtLocation(node);
    return (flags & (ts.TypeFlags.Object | ts.TypeFlags.StringLike)) !== 0;
  }

  #recording(call: ts.CallExpression, method: string, values: number, quote: string): CallForm | Obstacle {
    const [labels, ...others] = call.arguments;
    if (method === 'startTimer') {
      if (others.length > 0) return { reason: 'its timer is given exemplars', help: 'give it labels alone' };
      if (labels === undefined) return { edits: [], whole: call, timer: new Set() };
      if (isNothing(labels)) return { edits: [cut(labels, call)], whole: call, timer: new Set() };
    }
    const isNumber =
      labels !== undefined && (this.#checker.getTypeAtLocation(labels).flags & ts.TypeFlags.NumberLike) !== 0;
    if (labels === undefined || isNumber || isNothing(labels))
      return absent(...this.#labels.missing(new Set()));
    const found = this.#labels.object(labels, quote);
    if (isObstacle(found)) return found;
    const [missing, ...more] = this.#labels.missing(found.keys);
    if (missing !== undefined && method !== 'startTimer') return absent(missing, ...more);
    if (others.length > values)
      return {
        reason: `\`${method}\` is given more than a helper takes`,
        help: 'give it labels and a value',
      };
    if (others.length === 0 && valued.has(method))
      return { reason: `\`${method}\` is given no value`, help: 'give it one' };
    return { edits: found.edits, whole: call, timer: method === 'startTimer' ? found.keys : undefined };
  }

  #removed(call: ts.CallExpression, quote: string): CallForm | Obstacle {
    if (this.#labels.count === 0) return noCounterpart('remove');
    const found = this.#givenTo(call, quote);
    return isObstacle(found) ? found : { edits: found, whole: call };
  }

  /** All labels of `labels(…)` and `remove(…)`, in either form, as one object. */
  #givenTo(call: ts.CallExpression, quote: string): readonly Edit[] | Obstacle {
    const [first] = call.arguments;
    if (first === undefined) return absent(...this.#labels.missing(new Set()));
    if (call.arguments.length > 1 || !this.#mayBeObject(first))
      return orEdits(this.#labels.positional(call.arguments, quote));
    const found = this.#labels.object(first, quote);
    if (isObstacle(found)) return found;
    return this.#whole(found.keys, found.edits);
  }

  #mayBeObject(node: ts.Expression): boolean {
    const { flags } = this.#checker.getTypeAtLocation(node);
    if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0)
      // One label and an argument of which nothing is known: a text is what it is nearly always, but that is no reason to change code.
      return true;
    return (flags & (ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive)) !== 0;
  }

  /** `x.labels('GET').inc(2)` as `x.inc({ method: 'GET' }, 2)`; a row that is kept as `x.with({ … })`. */
  #labelled(
    call: ts.CallExpression,
    access: ts.PropertyAccessExpression,
    quote: string,
  ): CallForm | Obstacle {
    const outer = chained(call);
    if (this.#labels.count === 0) {
      if (outer === undefined || call.arguments.length > 0) return noCounterpart('labels');
      const found = this.ofRow(outer, outer.expression as ts.PropertyAccessExpression);
      if (isObstacle(found)) return found;
      const name = (outer.expression as ts.PropertyAccessExpression).name.text;
      return { ...found, edits: [...found.edits, rename(access.name, name), ...folded(call, outer, true)] };
    }
    const given = this.#givenTo(call, quote);
    if (isObstacle(given)) return given;
    if (outer === undefined)
      return { edits: [rename(access.name, 'with'), ...given], whole: call, row: call };
    const name = (outer.expression as ts.PropertyAccessExpression).name.text;
    const values = methods[this.#type].get(name);
    if (values === undefined) return noCounterpart(name);
    const own = this.#bare(outer, name, values);
    if (isObstacle(own)) return own;
    // The labels come first, so what else was cut out of the arguments would leave its comma behind.
    const isEmptied = own.edits.length > 0;
    if (isEmptied) return { reason: 'its row is given labels again', help: 'give it its value alone' };
    return {
      edits: [rename(access.name, name), ...given, ...folded(call, outer, false)],
      whole: outer,
      timer: name === 'startTimer' ? new Set(this.#labels.missing(new Set())) : undefined,
    };
  }
}

const unusual: Obstacle = { reason: 'it is called by `?.()`', help: 'call it as other methods' };

function absent(...names: readonly string[]): Obstacle {
  return {
    reason: `${names.length === 1 ? 'label' : 'labels'} ${names.map((name) => `\`${name}\``).join(', ')} ${names.length === 1 ? 'is' : 'are'} not given`,
    help: 'give all of its labels',
  };
}

function orEdits(found: { readonly edits: readonly Edit[] } | Obstacle): readonly Edit[] | Obstacle {
  return isObstacle(found) ? found : found.edits;
}

function isUndefined(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && node.text === 'undefined';
}

/** `{}`, `undefined`, `null`: no labels. */
function isNothing(node: ts.Expression): boolean {
  return (ts.isObjectLiteralExpression(node) && node.properties.length === 0) || isAbsent(node);
}

/** In the place of labels, counters and gauges take these for their value: `inc(undefined, 5)` counts 1. */
function isAbsent(node: ts.Expression): boolean {
  return isUndefined(node) || node.kind === ts.SyntaxKind.NullKeyword;
}

/** The call of a method on what a call returns, where nothing stands between them. */
function chained(call: ts.CallExpression): ts.CallExpression | undefined {
  const { parent } = call;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== call) return undefined;
  const outer = parent.parent;
  if (!ts.isCallExpression(outer) || outer.expression !== parent) return undefined;
  return outer.questionDotToken === undefined && parent.questionDotToken === undefined ? outer : undefined;
}

function rename(name: ts.MemberName, now: string): Edit {
  return replace(name.getStart(), name.end, now, name);
}

/** The comma between two arguments, past comments, which may have commas of their own. */
const firstComma = /^((?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*),[ \t]?/;

/** Takes the first argument out, with its comma; comments stay. */
function cut(argument: ts.Expression, call: ts.CallExpression): Edit {
  const text = argument.getSourceFile().text;
  const next = call.arguments[1];
  const end = next?.getStart() ?? call.end - 1;
  const between = text.slice(argument.end, end);
  const rest = hasComment(between) ? between.replace(firstComma, '$1').trimStart() : '';
  return replace(argument.getStart(), end, rest, argument);
}

/** Makes the arguments of a call and those of the call on what it returns the arguments of one. */
function folded(call: ts.CallExpression, outer: ts.CallExpression, isEmpty: boolean): readonly Edit[] {
  const { text } = call.getSourceFile();
  const close = call.end - 1;
  const access = outer.expression as ts.PropertyAccessExpression;
  const open = outer.arguments.pos;
  const trivia = [text.slice(call.end, access.name.getStart()), text.slice(access.name.end, open - 1)]
    .map((part) => part.replace('.', ''))
    .filter(hasComment)
    .join('');
  if (outer.arguments.length === 0) return [replace(close, outer.end - 1, trivia, outer)];
  const hasComma = call.arguments.hasTrailingComma;
  const space = /^\s/.test(text.slice(open, open + 1)) || /\s$/.test(trivia) ? '' : ' ';
  return [replace(close, open, isEmpty ? trivia : `${hasComma ? '' : ','}${trivia}${space}`, outer)];
}
