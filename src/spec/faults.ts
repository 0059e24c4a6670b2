import type { Path } from './located.js';
import { type Plain, isObject } from './plain.js';
import { childOf, fittingBranch, isExclusion, schemaAtPointer } from './schema.js';
import type { Violation } from './validator.js';

/** A union whose branches all refused a value, and the one that was meant. */
interface Union {
  readonly schemaPath: string;
  readonly branch: number | undefined;
  /** Where the branch is only a reference, its errors stand at the value itself. */
  readonly isReference: boolean;
}

/** A path as a key of a map; a step may hold any character. */
export const pathKey = (path: Path): string => JSON.stringify(path);

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
  for (const violation of violations) {
    if (violation.keyword !== 'oneOf') continue;
    const node = schemaAtPointer(violation.schemaPath.replace(/\/oneOf$/, ''));
    if (node?.oneOf === undefined || isExclusion(node)) continue;
    const branch = fittingBranch(node.oneOf, valueAt(root, violation.path) ?? null);
    const isReference = branch !== undefined && node.oneOf[branch]?.$ref !== undefined;
    unions.set(pathKey(violation.path), { schemaPath: violation.schemaPath, branch, isReference });
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

function isOwnFault(root: Plain, { path, keyword, schemaPath }: Violation): boolean {
  if (keyword === 'required') return !/\/oneOf\/[0-9]+\/required$/.test(schemaPath);
  const isMap = isObject(valueAt(root, path));
  if (keyword === 'oneOf') {
    const node = schemaAtPointer(schemaPath.replace(/\/oneOf$/, ''));
    return node === undefined || !isExclusion(node) || isMap;
  }
  // Rules of a name are reported at the map that holds it; `propertyNames` says which name it is.
  return !(isMap && ofNames.has(keyword));
}

function isOfBestBranch(violation: Violation, unions: ReadonlyMap<string, Union>): boolean {
  if (unions.size === 0) return true;
  for (let length = violation.path.length; length >= 0; length -= 1) {
    const union = unions.get(pathKey(violation.path.slice(0, length)));
    if (union === undefined) continue;
    const isUnion = violation.schemaPath === union.schemaPath;
    if (union.branch === undefined) return isUnion;
    if (isUnion) return false;
    const branch = /^\/([0-9]+)\//.exec(violation.schemaPath.slice(union.schemaPath.length));
    if (violation.schemaPath.startsWith(`${union.schemaPath}/`) && branch !== null) return Number(branch[1]) === union.branch;
    return union.isReference ? length === violation.path.length : length < violation.path.length;
  }
  return true;
}
