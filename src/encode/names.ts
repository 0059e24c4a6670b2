/**
 * Names that every object has, and `then`, which would make a promise of an object: a helper of such a name would not be what a
 * program gets, so it ends in an underscore.
 */
const memberNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  'prototype',
  'then',
  'default',
  'toJSON',
]);

/** The words of a name of the spec: at `_`, `.` and `-`, and where lower case turns to upper case. */
function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** An identifier cannot begin with a digit, nor be empty. */
function identifier(joined: string): string {
  return /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
}

/**
 * The helper's name of something in the spec: `research_runs_total` and `research.runs.total` are `researchRunsTotal`. Always an
 * identifier, never the name of a member that every object has. Different names can give the same one.
 */
export function camelCase(name: string): string {
  const [first = '', ...rest] = words(name);
  const joined = identifier(first.toLowerCase() + rest.map(capitalised).join(''));
  return memberNames.has(joined) ? `${joined}_` : joined;
}

/** The same for a type: `research.run` is `ResearchRun`. */
export function pascalCase(name: string): string {
  return identifier(words(name).map(capitalised).join(''));
}
