/** Scripts that are added to package.json. */
export const scripts: ReadonlyMap<string, string> = new Map([
  ['telemetry:build', 'obs-gen build'],
  ['telemetry:check', 'obs-gen build --check'],
]);

/** What became of package.json. */
export type Scripted =
  | { readonly kind: 'changed'; readonly text: string; readonly added: readonly string[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'kept'; readonly reason: string };

interface Manifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
}

/** The white space that a line of the first level begins with. */
function indentOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
}

/**
 * Adds the scripts to the text of a package.json, which stays as it is otherwise: its indentation, its line ends and its end.
 * A script of the same name with another command is the user's, and is kept.
 */
export function withScripts(text: string): Scripted {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  let manifest: Manifest;
  try {
    const value = JSON.parse(body) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { kind: 'kept', reason: 'it holds no object' };
    manifest = value;
  } catch (error) {
    return { kind: 'kept', reason: `it is no JSON: ${(error as Error).message}` };
  }
  const known = manifest.scripts;
  if (known !== undefined && (typeof known !== 'object' || (known as unknown) === null))
    return { kind: 'kept', reason: 'its scripts are no object' };
  const missing = [...scripts].filter(([name]) => known === undefined || !Object.hasOwn(known, name));
  if (missing.length === 0) return { kind: 'same' };
  const changed = { ...manifest, scripts: { ...known, ...Object.fromEntries(missing) } };
  const end = /\s*$/.exec(body)?.[0] ?? '';
  const printed = JSON.stringify(changed, undefined, indentOf(body));
  const isMinified = !body.trimEnd().includes('\n');
  const written = isMinified ? JSON.stringify(changed) : printed;
  const lines = body.includes('\r\n') ? written.replace(/\n/g, '\r\n') : written;
  return { kind: 'changed', text: `${mark}${lines}${end}`, added: missing.map(([name]) => name) };
}
