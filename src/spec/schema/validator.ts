import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as ajv from 'ajv/dist/2020.js';
import type { ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import type { Path } from '../located.js';
import type { Plain } from '../plain.js';
import { type SchemaNode, childOf, languageSchema, pointerSteps } from './schema.js';

/** One thing that the schema refuses. */
export interface Violation {
  /** Where the value stands that is refused. */
  readonly path: Path;
  readonly keyword: string;
  /** The node of the schema that the keyword stands in. */
  readonly owner: SchemaNode;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * How the schema is compiled. It is known to be sound (a test says so), and what is validated has no prototypes, so that `ownProperties`
 * would have nothing to add; without inlining and optimising the code is made in half of the time.
 */
export const validatorOptions: Options = {
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
  validateSchema: false,
  meta: false,
  messages: false,
  verbose: true,
  inlineRefs: false,
  code: { optimize: false },
};

const require = createRequire(import.meta.url);
let validate: ValidateFunction | undefined;

/** Everything that the schema refuses in a value; the value's objects have no prototype. */
export function violations(value: Plain): readonly Violation[] {
  validate ??= prebuiltValidator() ?? compiledValidator();
  if (validate(value)) return [];
  const nodes = schemaNodes(languageSchema());
  return (validate.errors ?? []).map((error) => violation(value, error, nodes));
}

/**
 * The validator that the build wrote (scripts/build-validator.mjs): loading it takes a tenth of the time that compiling the schema does.
 * Undefined where there is none, as when the sources run without a build, and where it was made from another schema.
 */
function prebuiltValidator(): ValidateFunction | undefined {
  const file = fileURLToPath(new URL('schema-validator.cjs', import.meta.url));
  if (!existsSync(file)) return undefined;
  const prebuilt = require(file) as ValidateFunction & { readonly schemaHash?: string };
  return prebuilt.schemaHash === schemaHash() ? prebuilt : undefined;
}

function compiledValidator(): ValidateFunction {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof ajv;
  return new Ajv2020(validatorOptions).compile(numberedSchema());
}

/** Tells one text of the schema from another. */
export function schemaHash(): string {
  return createHash('sha256').update(JSON.stringify(languageSchema())).digest('hex');
}

/**
 * The schema with the position of each node in `schemaNodes` as its `$comment`: errors bring copies of nodes, and this is how the node
 * itself is found again.
 */
export function numberedSchema(): SchemaNode {
  const copy = structuredClone(languageSchema());
  schemaNodes(copy).forEach((node, index) => Object.assign(node, { $comment: String(index) }));
  return copy;
}

/** The nodes of a schema, always in the same order. */
function schemaNodes(schema: SchemaNode): readonly SchemaNode[] {
  const nodes: SchemaNode[] = [];
  const visit = (node: SchemaNode | false | undefined): void => {
    if (node === undefined || node === false) return;
    nodes.push(node);
    for (const below of [node.$defs, node.properties])
      if (below !== undefined) Object.values(below).forEach(visit);
    node.oneOf?.forEach(visit);
    visit(node.items);
    visit(node.additionalProperties);
    visit(node.propertyNames);
  };
  visit(schema);
  return nodes;
}

function violation(root: Plain, error: ErrorObject, nodes: readonly SchemaNode[]): Violation {
  const path: (string | number)[] = [];
  let value: Plain | undefined = root;
  for (const step of pointerSteps(error.instancePath)) {
    const typed = Array.isArray(value) ? Number(step) : step;
    path.push(typed);
    value = childOf(value, typed);
  }
  const number = (error.parentSchema as { readonly $comment?: string } | undefined)?.$comment;
  const owner = nodes[Number(number)] ?? {};
  return { path, keyword: error.keyword, owner, params: error.params as Readonly<Record<string, unknown>> };
}
