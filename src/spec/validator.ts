import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Path } from './located.js';
import type { Plain } from './plain.js';
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

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  // Compiling is most of what validating costs. The schema is known to be sound (a test says so) and what is validated has no
  // prototypes, so that `ownProperties` has nothing to add; without inlining and optimising, the code is made in half of the time.
  compiled ??= new Ajv2020({
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
  }).compile(languageSchema());
  return compiled;
}

/** Everything that the schema refuses in a value; the value's objects have no prototype. */
export function violations(value: Plain): readonly Violation[] {
  const validate = validator();
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => violation(value, error));
}

function violation(root: Plain, error: ErrorObject): Violation {
  const path: (string | number)[] = [];
  let value: Plain | undefined = root;
  for (const step of pointerSteps(error.instancePath)) {
    const typed = Array.isArray(value) ? Number(step) : step;
    path.push(typed);
    value = childOf(value, typed);
  }
  return {
    path,
    keyword: error.keyword,
    owner: (error.parentSchema ?? {}) as SchemaNode,
    params: error.params as Readonly<Record<string, unknown>>,
  };
}
