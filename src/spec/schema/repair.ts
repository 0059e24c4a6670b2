import { nearest } from '../../diagnostics/did-you-mean.js';
import { sampleOf, within } from './examples.js';
import { distinctFaults, pathKey, valueAt } from './faults.js';
import { limits } from '../limits.js';
import type { Path } from '../located.js';
import { type Plain, type PlainObject, isObject } from '../plain.js';
import type { RepairLog } from './repaired.js';
import { type SchemaNode, childSchema, exclusiveKeys, isExclusion, schemaAt } from './schema.js';
import { suggestedDuration } from '../../promql/written-duration.js';
import { type Violation, violations } from './validator.js';

/** What is done about one fault. */
type Change = { readonly path: Path; readonly value: Plain } | { readonly path: Path; readonly remove: true };

/**
 * Replaces what is invalid by the nearest valid value, in place, until the schema takes all of it: the stages that follow can then go on
 * and find what else is wrong. What cannot be mended is removed: first the key, then its entry, then its section.
 * @returns whether that succeeded; it fails only where a required section is beyond repair
 */
export function repair(plain: PlainObject, log: RepairLog): boolean {
  let open = distinctFaults(plain, violations(plain));
  for (let round = 0; open.length > 0; round += 1) {
    if (round > limits.repairRounds + 4) return false;
    const changes = open.map((fault) =>
      round < limits.repairRounds
        ? changeFor(plain, fault)
        : removal(fault.path, round - limits.repairRounds),
    );
    apply(plain, changes, log);
    open = distinctFaults(plain, violations(plain));
  }
  return true;
}

/** The last resort: without what holds the fault, from the innermost optional level outwards. */
function removal(path: Path, attempt: number): Change {
  const length = Math.max(
    1,
    Math.min(path.length, attempt === 0 ? path.length : attempt === 1 ? 3 : attempt === 2 ? 2 : 1),
  );
  return { path: path.slice(0, length), remove: true };
}

function apply(plain: PlainObject, changes: readonly Change[], log: RepairLog): void {
  const removals: Path[] = [];
  for (const change of changes) {
    log.note(change.path);
    if ('remove' in change) removals.push(change.path);
    else {
      setAt(plain, change.path, change.value);
      if (isObject(change.value))
        for (const key of Object.keys(change.value)) log.note([...change.path, key]);
    }
  }
  const unique = [...new Map(removals.map((path) => [pathKey(path), path])).values()];
  // Later items first, so that the indexes of earlier ones still hold.
  unique.sort((a, b) => b.length - a.length || Number(b.at(-1)) - Number(a.at(-1)) || 0);
  for (const path of unique) removeAt(plain, path);
}

function setAt(plain: PlainObject, path: Path, value: Plain): void {
  const parent = valueAt(plain, path.slice(0, -1));
  const step = path.at(-1);
  if (Array.isArray(parent) && typeof step === 'number') parent[step] = value;
  else if (isObject(parent) && step !== undefined) parent[step] = value;
}

function removeAt(plain: PlainObject, path: Path): void {
  const parent = valueAt(plain, path.slice(0, -1));
  const step = path.at(-1);
  if (Array.isArray(parent) && typeof step === 'number') parent.splice(step, 1);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an object without a prototype that stands for a map of the spec
  else if (isObject(parent) && step !== undefined) delete parent[step];
}

function changeFor(plain: PlainObject, fault: Violation): Change {
  const { keyword, path, params } = fault;
  const schema = schemaAt(plain, path) ?? {};
  const value = valueAt(plain, path) ?? null;
  switch (keyword) {
    case 'additionalProperties':
      return { path: [...path, String(params['additionalProperty'])], remove: true };
    case 'propertyNames':
      return { path: [...path, String(params['propertyName'])], remove: true };
    case 'required': {
      const key = String(params['missingProperty']);
      return { path: [...path, key], value: sampleOf(childSchema(schema, key) ?? {}) };
    }
    case 'oneOf':
      return isExclusion(schema)
        ? exclusionChange(path, schema, value)
        : replacement(plain, path, schema, converted(schema, value));
    case 'uniqueItems':
      return { path: [...path, Math.max(Number(params['i']), Number(params['j']))], remove: true };
    case 'maxItems':
      return { path, value: Array.isArray(value) ? value.slice(0, Number(params['limit'])) : [] };
    case 'maxLength':
      return { path, value: shortened(value, Number(params['limit'])) };
    case 'maxProperties':
      return surplus(path, value, Number(params['limit']));
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { path, value: within(schema, typeof value === 'number' ? value : 0) };
    case 'pattern':
      return replacement(plain, path, schema, respelled(fault.owner, value));
    default:
      return replacement(plain, path, schema, converted(schema, value));
  }
}

/** A value for a path: the one that was found, else none where the key may be absent, else a sample. */
function replacement(plain: PlainObject, path: Path, schema: SchemaNode, value: Plain | undefined): Change {
  if (value !== undefined) return { path, value };
  // An entry keeps its name, so that what refers to it finds it.
  if (path.length === 2 && schema.properties !== undefined) return { path, value: sampleOf(schema) };
  const key = path.at(-1);
  const parent = schemaAt(plain, path.slice(0, -1));
  const isRequired = typeof key === 'string' && (parent?.required ?? []).includes(key);
  return isRequired ? { path, value: sampleOf(schema) } : { path, remove: true };
}

/** Of keys that exclude each other, the first of the schema stays; where none stands, a form is made up. */
function exclusionChange(path: Path, schema: SchemaNode, value: Plain): Change {
  const keys = exclusiveKeys(schema);
  const present = isObject(value) ? keys.filter((key) => Object.hasOwn(value, key)) : [];
  const [, second] = present;
  if (second !== undefined) return { path: [...path, second], remove: true };
  // A query that reads no metric refers to nothing that could be missing.
  const query = keys.find((key) => key === 'expr' || key === 'query');
  if (query !== undefined) return { path: [...path, query], value: 'vector(0)' };
  const key = keys[0] ?? '';
  return { path: [...path, key], value: sampleOf(childSchema(schema, key) ?? {}) };
}

const shortened = (value: Plain, limit: number): Plain =>
  typeof value === 'string' ? Array.from(value).slice(0, limit).join('') : '';

function surplus(path: Path, value: Plain, limit: number): Change {
  const last = isObject(value) ? Object.keys(value).slice(limit).at(-1) : undefined;
  return last === undefined ? { path, remove: true } : { path: [...path, last], remove: true };
}

/** The value as the type that is asked for, where that is clear. */
function converted(schema: SchemaNode, value: Plain): Plain | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const choices = schema.enum?.filter((each) => typeof each === 'string') ?? [];
  if (choices.length > 0 && (typeof value === 'string' || typeof value === 'number')) {
    const text = String(value);
    return choices.includes(text) ? text : nearest(text, choices);
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (types.includes('string')) return String(value);
    if (types.includes('integer') && typeof value === 'number') return within(schema, value);
  }
  if (typeof value === 'string') {
    const number = value.replaceAll(/[_,\s%]/g, '');
    if (
      (types.includes('number') || types.includes('integer')) &&
      /^[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?$/.test(number)
    )
      return Number(number);
    if (types.includes('boolean') && /^(?:yes|on|no|off|true|false)$/i.test(value))
      return /^(?:yes|on|true)$/i.test(value);
  }
  if (types.includes('array') && !Array.isArray(value) && !isObject(value) && value !== null) return [value];
  return undefined;
}

/** A spelling of a malformed text that its pattern takes. */
function respelled(owner: SchemaNode, value: Plain): string | undefined {
  if (typeof value !== 'string' || owner.pattern === undefined) return undefined;
  const expression = new RegExp(owner.pattern, 'u');
  const trimmed = value.trim();
  const candidates = [
    suggestedDuration(value),
    trimmed,
    trimmed.toLowerCase(),
    trimmed.toUpperCase(),
    trimmed.replaceAll(/[^a-zA-Z0-9_]/g, '_'),
    `x${trimmed.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`,
  ];
  return candidates.find(
    (each): each is string =>
      each !== undefined && each.length <= (owner.maxLength ?? Infinity) && expression.test(each),
  );
}
