import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { describeFault } from './describe.js';
import { meantKey } from './describe-keys.js';
import { distinctFaults } from './faults.js';
import { limits } from '../limits.js';
import type { Located, LocatedEntry, LocatedMap, Path } from '../located.js';
import type { Text } from '../../diagnostics/text.js';
import { plainText } from '../yaml/scalar-text.js';
import { type PlainObject, isObject, plainValue } from '../plain.js';
import type { RepairLog } from './repaired.js';
import { type SchemaNode, childOf, dereferenced, exclusiveKeys, schemaAt } from './schema.js';
import { type Violation, violations } from './validator.js';
import { valueAt } from './faults.js';

/** What the schema says of a tree. */
export interface Validation {
  /** With the keys renamed whose meaning was clear: `lables` holds what was meant as `labels`. */
  readonly root: LocatedMap;
  /** The values of `root`, as invalid as they are, free to be changed. */
  readonly plain: PlainObject;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks a tree against the schema of the language. Misspelt keys are reported and then read as what they were meant as, so that what
 * stands below them is checked too.
 * @param isWhole false where a part of the spec could not be read: sections that are missing may stand there
 */
export function validate(tree: LocatedMap, log: RepairLog, isWhole = true): Validation {
  const diagnostics: Diagnostic[] = [];
  let root = tree;
  for (let round = 0; ; round += 1) {
    const plain = plainValue(root) as PlainObject;
    const faults = distinctFaults(plain, violations(plain)).filter(
      ({ keyword, path }) => isWhole || keyword !== 'required' || path.length > 0,
    );
    const renames = round < limits.repairRounds ? renamesFor(plain, faults) : [];
    const described = renames.length > 0 ? renames.map(({ fault }) => fault) : faults;
    diagnostics.push(...described.map((fault) => describeFault({ root, plain }, fault)));
    if (renames.length === 0) return { root, plain, diagnostics };
    for (const { path } of renames) log.note(path);
    root = renamed(root, renameTree(renames)) as LocatedMap;
  }
}

interface Rename {
  readonly fault: Violation;
  /** The key that is renamed. */
  readonly path: Path;
  readonly name: string;
  /** The value, where the key holds it: `cap:20` in a map in braces. */
  readonly value?: string | undefined;
}

/** The keys that can be renamed without taking the place of another. */
function renamesFor(plain: PlainObject, faults: readonly Violation[]): readonly Rename[] {
  const taken = new Set<string>();
  const renames: Rename[] = [];
  for (const fault of faults) {
    const { keyword, params, path } = fault;
    const isUnknown = keyword === 'additionalProperties';
    if (!isUnknown && keyword !== 'propertyNames') continue;
    const key = String(isUnknown ? params['additionalProperty'] : params['propertyName']);
    const schema = schemaAt(plain, path) ?? {};
    const parent = valueAt(plain, path);
    const name = isUnknown
      ? meantKey(key, schema, childOf(parent, key))
      : validName(key, dereferenced(schema.propertyNames ?? {}));
    if (name === undefined || (isObject(parent) && Object.hasOwn(parent, name))) continue;
    // A second form beside the one that stands would only be a second fault.
    if (isUnknown && isObject(parent) && excludes(schema, name, parent)) continue;
    const place = JSON.stringify([path, name]);
    if (taken.has(place)) continue;
    taken.add(place);
    renames.push({ fault, path: [...path, key], name, value: isUnknown ? valueInKey(key, name) : undefined });
  }
  return renames;
}

/** What stands behind the colon of a key that swallowed its value. */
const valueInKey = (key: string, name: string): string | undefined =>
  key.startsWith(`${name}:`) && key.length > name.length + 1 ? key.slice(name.length + 1) : undefined;

function excludes(schema: SchemaNode, name: string, parent: PlainObject): boolean {
  const exclusive = exclusiveKeys(schema);
  return exclusive.includes(name) && exclusive.some((key) => childOf(parent, key) !== undefined);
}

/** A name like the malformed one that the schema takes, so that the entry can be looked at further. */
function validName(name: string, schema: SchemaNode): string | undefined {
  const { pattern = '', maxLength = Infinity } = schema;
  const expression = new RegExp(pattern, 'u');
  const cleaned = name.replaceAll(/[^a-zA-Z0-9_]/g, '_');
  for (const candidate of [cleaned, `x${cleaned}`, `x${cleaned.replaceAll('_', '')}`]) {
    const cut = candidate.slice(0, maxLength);
    if (cut !== '' && expression.test(cut)) return cut;
  }
  return undefined;
}

/** Renames by path, as a tree: one walk does all of them. */
interface RenameTree {
  readonly names: Map<string, Rename>;
  readonly below: Map<string | number, RenameTree>;
}

function renameTree(renames: readonly Rename[]): RenameTree {
  const top: RenameTree = { names: new Map(), below: new Map() };
  for (const rename of renames) {
    const { path } = rename;
    let level = top;
    for (const step of path.slice(0, -1)) {
      const next = level.below.get(step) ?? {
        names: new Map<string, Rename>(),
        below: new Map<string | number, RenameTree>(),
      };
      level.below.set(step, next);
      level = next;
    }
    level.names.set(String(path.at(-1)), rename);
  }
  return top;
}

/** The tree with keys renamed; the text of a renamed key stays what was written. */
function renamed(node: Located, renames: RenameTree): Located {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'sequence') {
    return { ...node, items: node.items.map((item, index) => descend(item, renames.below.get(index))) };
  }
  const entries = new Map<string, LocatedEntry>();
  for (const [key, entry] of node.entries) {
    const rename = renames.names.get(key);
    const value =
      rename?.value === undefined
        ? descend(entry.value, renames.below.get(key))
        : valueOfKey(entry.key, rename.value);
    entries.set(rename?.name ?? key, { ...entry, value });
  }
  return { ...node, entries };
}

/** The end of a key as a scalar. */
function valueOfKey(key: Text, written: string): Located {
  const length = key.value.length;
  const range = key.slice(length - written.length, length);
  const number = /^-?[0-9]+(?:\.[0-9]+)?$/.test(written) ? Number(written) : undefined;
  const value = number ?? (written === 'true' || written === 'false' ? written === 'true' : written);
  return { kind: 'scalar', range, value, text: plainText(range, written) };
}

const descend = (node: Located, renames: RenameTree | undefined): Located =>
  renames === undefined ? node : renamed(node, renames);
