import type { Path } from '../located.js';
import { type Plain, isObject } from '../plain.js';
import { type SchemaNode, childOf, fittingBranch, isExclusion, nodesBelow } from './schema.js';
import type { Violation } from './validator.js';

/** A union whose branches all refused a value, and the branch that was meant. */
interface Union {
  readonly node: SchemaNode;
  readonly branch: number | undefined;
}

/** A path as a key of a map; a step may hold any character. */
export const pathKey = (path: Path): string => JSON.stringify(path);

/** The value at a path, or undefined where the path leaves the tree. */
export function valueAt(root: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = root;
  for (const step of path) value = childOf(value, step);
  return value;
}

const ofNames = new Set(['pattern', 'minLength', 'maxLength']);

/**
 * One violation for each fault. A union reports the errors of the branch that fits best instead of those of all branches, keys that
 * exclude each other are one fault and not one for each key that could stand, a bad name is one fault and not one for each rule it breaks.
 */
export function distinctFaults(root: Plain, violations: readonly Violation[]): readonly Violation[] {
  const unions = new Map<string, Union>();
  for (const { keyword, owner, path } of violations) {
    if (keyword !== 'oneOf' || owner.oneOf === undefined || isExclusion(owner)) continue;
    const branch = fittingBranch(owner.oneOf, valueAt(root, path) ?? null);
    unions.set(pathKey(path), { node: owner, branch });
  }
  const seen = new Set<string>();
  return violations.filter((violation) => {
    if (!isOwnFault(root, violation) || !isOfBestBranch(violation, unions)) return false;
    // Errors of several keywords about one malformed value or one bad name are one fault.
    const subject = [pathKey(violation.path), subjectOf(violation)].join(' ');
    if (seen.has(subject)) return false;
    seen.add(subject);
    return true;
  });
}

/** What at its path a violation is about: a key, a name, or the value itself. */
function subjectOf({ keyword, params }: Violation): string {
  if (keyword === 'additionalProperties') return `key ${String(params['additionalProperty'])}`;
  if (keyword === 'required') return `missing ${String(params['missingProperty'])}`;
  if (keyword === 'propertyNames') return `name ${String(params['propertyName'])}`;
  return keyword === 'oneOf' ? 'exclusion' : 'value';
}

function isOwnFault(root: Plain, { path, keyword, owner }: Violation): boolean {
  // Of keys that exclude each other, `oneOf` itself says it all.
  if (keyword === 'required') return Object.keys(owner).join() !== 'required';
  const isMap = isObject(valueAt(root, path));
  if (keyword === 'oneOf') return !isExclusion(owner) || isMap;
  // Rules of a name are reported at the map that holds it; `propertyNames` says which name it is.
  return !(isMap && ofNames.has(keyword));
}

function isOfBestBranch({ path, owner }: Violation, unions: ReadonlyMap<string, Union>): boolean {
  if (unions.size === 0) return true;
  for (let length = path.length; length >= 0; length -= 1) {
    const union = unions.get(pathKey(path.slice(0, length)));
    if (union !== undefined) return belongs(owner, union, length === path.length);
  }
  return true;
}

/** Whether a violation is the one to report for a union: of the branch that was meant, or of the union where none was. */
function belongs(owner: SchemaNode, { node, branch }: Union, isAtUnion: boolean): boolean {
  if (branch === undefined) return owner === node;
  if (owner === node) return false;
  const branches = node.oneOf ?? [];
  const home = branches.findIndex((each) => nodesBelow(each).has(owner));
  if (home !== -1) return home === branch;
  // Behind a reference: a branch that is one has its errors at the value itself, a list or a map below it.
  return (branches[branch]?.$ref !== undefined) === isAtUnion;
}
