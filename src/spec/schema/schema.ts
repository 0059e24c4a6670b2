import { packageFile } from '../../package-root.js';
import type { Path } from '../located.js';
import { type Plain, isObject } from '../plain.js';

/** The part of JSON Schema that the schema of the language uses. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Plain[];
  readonly const?: Plain;
  readonly default?: Plain;
  readonly examples?: readonly Plain[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: false | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly uniqueItems?: boolean;
}

let cached: SchemaNode | undefined;

/** The schema of the language, as it ships. */
export function languageSchema(): SchemaNode {
  cached ??= JSON.parse(packageFile('schemas', 'observability.v1.schema.json')) as SchemaNode;
  return cached;
}

/** A node with its reference followed; what stands beside the reference, such as a description, goes before what it leads to. */
export function dereferenced(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const target = schemaAtPointer(node.$ref);
  if (target === undefined) return node;
  const full: { -readonly [Key in keyof SchemaNode]: SchemaNode[Key] } = { ...dereferenced(target), ...node };
  delete full.$ref;
  return full;
}

/** The node that a JSON pointer such as `#/$defs/label` leads to. */
function schemaAtPointer(pointer: string): SchemaNode | undefined {
  let node: unknown = languageSchema();
  for (const step of pointerSteps(pointer.replace(/^#/, ''))) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Readonly<Record<string, unknown>>)[step];
  }
  return typeof node === 'object' && node !== null ? node : undefined;
}

/** The steps of a JSON pointer (RFC 6901), escapes undone. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether the branches of a `oneOf` only say which keys exclude each other. */
export function isExclusion(node: SchemaNode): boolean {
  return node.oneOf?.every((branch) => Object.keys(branch).join() === 'required') ?? false;
}

const inlineNodes = new WeakMap<SchemaNode, ReadonlySet<SchemaNode>>();

/** A node and everything below it, without what references lead to. */
export function nodesBelow(node: SchemaNode): ReadonlySet<SchemaNode> {
  const known = inlineNodes.get(node);
  if (known !== undefined) return known;
  const nodes = new Set<SchemaNode>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    nodes.add(value);
    Object.values(value).forEach(visit);
  };
  visit(node);
  inlineNodes.set(node, nodes);
  return nodes;
}

/** The keys of which exactly one may stand. */
export function exclusiveKeys(node: SchemaNode): readonly string[] {
  return (node.oneOf ?? []).flatMap((branch) => branch.required ?? []);
}

/** The type of a value in the words of JSON Schema. */
export function typeOf(value: Plain | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** Whether a schema takes values of the type of this one. */
export function admits(node: SchemaNode, value: Plain): boolean {
  const full = dereferenced(node);
  if (full.oneOf !== undefined && !isExclusion(full))
    return full.oneOf.some((branch) => admits(branch, value));
  return admitsType(full, value);
}

function admitsType(node: SchemaNode, value: Plain): boolean {
  const { type } = node;
  if (type === undefined) {
    const values = node.enum ?? (node.const === undefined ? undefined : [node.const]);
    return values === undefined || values.some((each) => typeof each === typeof value);
  }
  const types = typeof type === 'string' ? [type] : type;
  const found = typeOf(value);
  return types.some((each) => each === found || (each === 'integer' && found === 'number'));
}

/**
 * The branch of a union that a value was most likely meant for: of those that take its type, the one that shares most keys with it.
 * Undefined where no branch takes the type, or where a map shares no key with any of several.
 */
export function fittingBranch(branches: readonly SchemaNode[], value: Plain): number | undefined {
  const candidates = branches.flatMap((branch, index) =>
    admitsType(dereferenced(branch), value) ? [index] : [],
  );
  if (candidates.length <= 1 || !isObject(value)) return candidates[0];
  let best: { readonly index: number; readonly shared: number } | undefined;
  for (const index of candidates) {
    const properties = dereferenced(branches[index] ?? {}).properties ?? {};
    const shared = Object.keys(value).filter((key) => Object.hasOwn(properties, key)).length;
    if (shared > (best?.shared ?? 0)) best = { index, shared };
  }
  return best?.index;
}

/** The schema of what stands at a path of a spec; undefined where the language knows nothing there. */
export function schemaAt(root: Plain, path: Path): SchemaNode | undefined {
  let node: SchemaNode | undefined = languageSchema();
  let value: Plain | undefined = root;
  for (const step of path) {
    node = resolveUnion(node, value);
    if (node === undefined) return undefined;
    node = childSchema(node, step);
    if (node === undefined) return undefined;
    value = childOf(value, step);
  }
  return resolveUnion(node, value);
}

function resolveUnion(node: SchemaNode, value: Plain | undefined): SchemaNode | undefined {
  const full = dereferenced(node);
  if (full.oneOf === undefined || isExclusion(full) || value === undefined) return full;
  const index = fittingBranch(full.oneOf, value);
  const branch = index === undefined ? undefined : full.oneOf[index];
  return branch === undefined ? full : dereferenced(branch);
}

/** The schema of a key or an item. */
export function childSchema(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (typeof step === 'number') return node.items;
  const { properties, additionalProperties } = node;
  if (properties !== undefined && Object.hasOwn(properties, step)) return properties[step];
  return additionalProperties === false ? undefined : additionalProperties;
}

/** The value of a key or an item; undefined where there is none. Inherited names are none. */
export function childOf(value: Plain | undefined, step: string | number): Plain | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
