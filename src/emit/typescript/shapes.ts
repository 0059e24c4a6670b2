import { propertyName, ts } from '../../encode/typescript.js';
import type { TsCode, TsIdentifier, TsProperty } from '../../encode/typescript.js';
import {
  afterOperator,
  fill,
  group,
  hardLine,
  ifBroken,
  indent,
  line,
  lineWidth,
  print,
  separated,
  softLine,
} from './layout.js';
import type { Layout } from './layout.js';

/** The indentation of the entries of an object at the top of a file. */
const entryIndent = 2;

/** The width of a property's name up to which prettier does not break the line behind it. */
const shortKey = 4;

/** A property's value, and whether prettier may put it on a line of its own behind the name: it does so with strings and members. */
export interface Property {
  readonly name: TsProperty | TsIdentifier;
  readonly value: Layout;
  readonly breakable: boolean;
}

/** A property whose value stays on the line of its name. */
export function property(name: string, value: Layout): Property {
  return { name: propertyName(name), value, breakable: false };
}

/** A property whose value is a string literal, or a member such as `labels.agent`. */
export function breakableProperty(name: string, value: TsCode): Property {
  return { name: propertyName(name), value, breakable: true };
}

/** A property as it stands in an object. */
export function propertyLayout({ name, value, breakable }: Property): Layout {
  if (name.length <= shortKey) return [name, ': ', value];
  return [name, ':', breakable ? group(indent([line, value])) : afterOperator(value)];
}

/** A property on a line of its own, in an object that a template opens and closes. */
export function objectEntry(item: Property): TsCode {
  return print([propertyLayout(item), ','], entryIndent);
}

/**
 * An entry of the helpers: a call with one object, each property on a line of its own.
 * @param methods members that are no properties, behind those
 */
export function callEntry(
  name: TsIdentifier,
  callee: TsCode,
  properties: readonly Property[],
  methods: readonly Layout[] = [],
): TsCode {
  const argument = openObject([...properties.map(propertyLayout), ...methods]);
  // Where the parenthesis is the last thing that fits on its line, the brace does not stand behind it.
  const onLineOfName = entryIndent + name.length + ': '.length + callee.length + '('.length;
  const onNextLine = entryIndent + 2 + callee.length + '('.length;
  const isFull = (onLineOfName <= lineWidth ? onLineOfName : onNextLine) >= lineWidth;
  const call: Layout = isFull
    ? ['(', indent([hardLine, argument, ',']), hardLine, ')']
    : ['(', argument, ')'];
  return objectEntry({ name, value: [callee, call], breakable: false });
}

/** An object on one line where it fits. */
export function inlineObject(properties: readonly Property[]): Layout {
  if (properties.length === 0) return '{}';
  const items = separated(properties.map(propertyLayout), [',', line]);
  return group(['{', indent([line, items]), ifBroken(','), line, '}']);
}

/** An object with each member on a line of its own. */
export function openObject(members: readonly Layout[]): Layout {
  if (members.length === 0) return '{}';
  return ['{', indent(members.map((member): Layout => [hardLine, member, ','])), hardLine, '}'];
}

/** A list of anything but numbers: on one line, or one item a line. */
export function list(items: readonly Layout[]): Layout {
  if (items.length === 0) return ['[', ']'];
  return group(['[', indent([softLine, separated(items, [',', line])]), ifBroken(','), softLine, ']']);
}

/** A list of objects: two or more stand on a line of their own each, as prettier has it. */
export function objectList(items: readonly Layout[]): Layout {
  if (items.length < 2) return list(items);
  return ['[', indent(items.map((item): Layout => [hardLine, item, ','])), hardLine, ']'];
}

/** A list of numbers: on one line, or as many to a line as fit. */
export function numberList(items: readonly TsCode[]): Layout {
  if (items.length < 2) return list(items);
  const parts = items.flatMap((item, index): Layout[] =>
    index === items.length - 1 ? [item] : [[item, ','], line],
  );
  return group(['[', indent([softLine, fill(parts, ',')]), softLine, ']']);
}

/** Type arguments of which none is an object type. */
export function typeArguments(types: readonly TsCode[]): Layout {
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return ['<', only, '>'];
  return group(['<', indent([softLine, separated(types, [',', line])]), softLine, '>']);
}

/** What stands behind the `=` of an alias or the `:` of a member: a union on that line, on the next, or one type a line. */
export function unionType(members: readonly TsCode[]): Layout {
  const types = separated(members, [line, '| ']);
  return group(indent([line, members.length === 1 ? types : group([ifBroken('| '), types])]));
}

/** The names of an import: one alone is never broken. */
export function importNames(names: readonly TsCode[]): Layout {
  if (names.length === 1) return ['{', ' ', names, ' ', '}'];
  return group(['{', indent([line, separated(names, [',', line])]), ifBroken(','), line, '}']);
}

/** Parameters of a function or arguments of a call, on one line or one a line. */
export function parameters(items: readonly Layout[]): Layout {
  if (items.length === 0) return ['(', ')'];
  return group(['(', indent([softLine, separated(items, [',', line])]), ifBroken(','), softLine, ')']);
}

/** Statements in braces. */
export function block(statements: readonly Layout[]): Layout {
  return ['{', indent(statements.map((statement): Layout => [hardLine, statement])), hardLine, '}'];
}

/** `of.agent`, or `of['task.length']` where the name is no identifier. */
export function memberAccess(object: TsCode, name: string): Layout {
  const property = propertyName(name);
  // A computed name, as __proto__ has to be in an object, has its brackets already.
  if (property.startsWith('[')) return ts`${object}${property}`;
  if (!/^['"]/.test(property)) return ts`${object}.${property}`;
  return [object, group(['[', indent([softLine, property]), softLine, ']'])];
}
