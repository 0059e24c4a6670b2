import { ts } from 'ts-morph';
import type { Label, Metric } from '../../model/model.js';
import { insert, replace, type Edit } from '../edit.js';
import { writtenName } from './expressions.js';
import type { Obstacle } from './left-alone.js';

/** What has to stand around an expression so that it is the text that prom-client would print. */
interface Wrapped {
  readonly open: string;
  readonly close: string;
  /** What stands in its place, where that is not itself. */
  readonly text?: string | undefined;
}

/** Labels that are given to a call: which, and what has to change about them. */
export interface GivenLabels {
  readonly keys: ReadonlySet<string>;
  readonly edits: readonly Edit[];
}

const { TypeFlags } = ts;
const asItIs: Wrapped = { open: '', close: '' };

/** Reads the labels of one metric's calls. */
export class LabelValues {
  readonly #checker: ts.TypeChecker;
  readonly #labels: ReadonlyMap<string, Label>;
  readonly #order: readonly string[];

  /** @param order names of the labels, as `labels('a', 'b')` takes them */
  constructor(checker: ts.TypeChecker, metric: Metric, order: readonly string[]) {
    this.#checker = checker;
    this.#labels = new Map(metric.labels.map((label) => [label.wire, label]));
    this.#order = order;
  }

  get count(): number {
    return this.#labels.size;
  }

  /** Labels that are missing in what a call is given. */
  missing(keys: ReadonlySet<string>): readonly string[] {
    return this.#order.filter((name) => !keys.has(name));
  }

  /** `'GET', code` as `{ method: 'GET', status: code }`. */
  positional(nodes: readonly ts.Expression[], quote: string): GivenLabels | Obstacle {
    if (nodes.some((node) => ts.isSpreadElement(node))) return spread;
    if (nodes.length !== this.#order.length)
      return {
        reason: `${nodes.length} of its ${this.#order.length} labels are given`,
        help: 'give all of its labels',
      };
    const edits: Edit[] = [];
    for (const [index, node] of nodes.entries()) {
      const name = this.#order[index] ?? '';
      const wrapped = this.#wrapped(node, name, quote);
      if ('reason' in wrapped) return wrapped;
      const isShort = ts.isIdentifier(node) && node.text === name && wrapped === asItIs;
      const open = `${index === 0 ? '{ ' : ''}${isShort ? '' : `${name}: `}`;
      edits.push(...around(node, wrapped, open, index === nodes.length - 1 ? ' }' : ''));
    }
    return { keys: new Set(this.#order), edits };
  }

  /** An object of labels, written down or held by something whose type is known. */
  object(node: ts.Expression, quote: string): GivenLabels | Obstacle {
    if (ts.isSpreadElement(node)) return spread;
    let inner = node;
    while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
    if (!ts.isObjectLiteralExpression(inner)) return this.#typed(inner);
    const keys = new Set<string>();
    const edits: Edit[] = [];
    for (const property of inner.properties) {
      const found = ts.isSpreadAssignment(property)
        ? this.#typed(property.expression)
        : this.#property(property, quote);
      if ('reason' in found) return found;
      for (const key of found.keys) keys.add(key);
      edits.push(...found.edits);
    }
    return { keys, edits };
  }

  #property(property: ts.ObjectLiteralElementLike, quote: string): GivenLabels | Obstacle {
    const name = writtenName(property.name);
    const isShort = ts.isShorthandPropertyAssignment(property);
    if (name === undefined || !(isShort || ts.isPropertyAssignment(property)))
      return { reason: 'the name of a label is made at run time', help: 'write the names of labels out' };
    if (!this.#labels.has(name)) return unknown(name);
    const value = isShort ? property.name : property.initializer;
    const wrapped = this.#wrapped(value, name, quote);
    if ('reason' in wrapped) return wrapped;
    if (wrapped === asItIs) return { keys: new Set([name]), edits: [] };
    const edits = isShort
      ? [insert(value.end, `: ${wrapped.open}${name}${wrapped.close}`, 'close', value)]
      : around(value, wrapped, '', '');
    return { keys: new Set([name]), edits };
  }

  /** Labels in a variable: its type has to tell which. */
  #typed(node: ts.Expression): GivenLabels | Obstacle {
    const type = this.#checker.getTypeAtLocation(node);
    const shown = node.getText().replace(/\s+/g, ' ').slice(0, 40);
    const help = 'write the labels out in the call, as an object';
    if ((type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0 || type.isUnion())
      return { reason: `nothing tells which labels \`${shown}\` has`, help };
    const properties = type.getProperties();
    if (properties.length === 0) return { reason: `nothing tells which labels \`${shown}\` has`, help };
    const keys = new Set<string>();
    for (const property of properties) {
      const label = this.#labels.get(property.name);
      if (label === undefined) return unknown(property.name);
      if ((property.flags & ts.SymbolFlags.Optional) !== 0)
        return { reason: `label \`${property.name}\` may be missing in \`${shown}\``, help };
      const of = this.#checker.getTypeOfSymbolAtLocation(property, node);
      const wrapped = this.#wrapping(of, label);
      if ('reason' in wrapped) return wrapped;
      if (wrapped !== asItIs)
        return {
          reason: `label \`${property.name}\` of \`${shown}\` is no text`,
          help: `make it one by String(…), or ${help}`,
        };
      keys.add(property.name);
    }
    return { keys, edits: [] };
  }

  #wrapped(node: ts.Expression, name: string, quote: string): Wrapped | Obstacle {
    const label = this.#labels.get(name);
    if (label === undefined) return unknown(name);
    if (ts.isNumericLiteral(node)) {
      const text = String(Number(node.text));
      return isAllowed(label, text) ? { ...asItIs, text: `${quote}${text}${quote}` } : outside(label, text);
    }
    return this.#wrapping(this.#checker.getTypeAtLocation(node), label);
  }

  #wrapping(given: ts.Type, label: Label): Wrapped | Obstacle {
    const type = this.#checker.getBaseConstraintOfType(given) ?? given;
    const parts = type.isUnion() ? type.types : [type];
    if (parts.some(({ flags }) => (flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)) !== 0))
      return {
        reason: `label \`${label.wire}\` may be undefined or null`,
        help: "give it a text of its own for that, such as `?? 'none'`",
      };
    if (label.bound.kind === 'closed') return closedWrapping(parts, label);
    if (parts.every(({ flags }) => (flags & (TypeFlags.Any | TypeFlags.StringLike)) !== 0)) return asItIs;
    const isPrintable = parts.every(
      ({ flags }) =>
        (flags &
          (TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike)) !==
        0,
    );
    return isPrintable ? { open: 'String(', close: ')' } : noText(label);
  }
}

/** A label with listed values takes what is certain to be one of them. */
function closedWrapping(parts: readonly ts.Type[], label: Label): Wrapped | Obstacle {
  let isPlain = true;
  for (const part of parts) {
    const text = literalOf(part);
    if (text === undefined)
      return {
        reason: `label \`${label.wire}\` has listed values in the spec, and its type here does not tell that it is one of them`,
        help: `give it the type of its values, or write labels.${label.key}.cap instead of values in the spec`,
      };
    if (!isAllowed(label, text)) return outside(label, text);
    isPlain &&= part.isStringLiteral() && (part.flags & TypeFlags.EnumLiteral) === 0;
  }
  return isPlain ? asItIs : { open: '`${', close: '}`' };
}

function literalOf(type: ts.Type): string | undefined {
  if (type.isStringLiteral()) return type.value;
  if (type.isNumberLiteral()) return String(type.value);
  if ((type.flags & TypeFlags.BooleanLiteral) === 0) return undefined;
  return (type as ts.Type & { readonly intrinsicName: string }).intrinsicName;
}

function isAllowed({ bound }: Label, text: string): boolean {
  return bound.kind !== 'closed' || bound.values.includes(text);
}

function outside(label: Label, text: string): Obstacle {
  return {
    reason: `label \`${label.wire}\` is \`${text}\`, which is none of its values in the spec`,
    help: `add it to labels.${label.key}.values`,
  };
}

function noText(label: Label): Obstacle {
  return {
    reason: `what label \`${label.wire}\` is given is neither a text nor a number`,
    help: 'make it a text where it is given',
  };
}

function unknown(name: string): Obstacle {
  return { reason: `the spec has no label \`${name}\` on it`, help: 'leave it out, or add it to the spec' };
}

const spread: Obstacle = {
  reason: 'arguments are spread into its call',
  help: 'write the arguments out',
};

function around(
  node: ts.Expression,
  { open, close, text }: Wrapped,
  before: string,
  after: string,
): readonly Edit[] {
  const start = node.getStart();
  if (text !== undefined) return [replace(start, node.end, before + text + after, node)];
  const edits: Edit[] = [];
  if (before !== '' || open !== '') edits.push(insert(start, before + open, 'open', node));
  if (close !== '' || after !== '') edits.push(insert(node.end, close + after, 'close', node));
  return edits;
}
