import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Outcome } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';
import type { LoadedSpec } from './loaded.js';
import { parseFile } from './parse.js';
import { plainValue } from './plain.js';
import type { Spec } from './spec.js';

/** Reads a spec with its imports and presets, and checks it against the schema. */
export function loadSpec(path: string): Outcome<LoadedSpec> {
  const shown = relative(process.cwd(), path).split(sep).join('/') || path;
  return loadSpecText(new Map([[shown, readFileSync(path, 'utf8')]]), shown);
}

/** The same for files in memory; paths are joined with `/`. */
export function loadSpecText(files: ReadonlyMap<string, string>, main: string): Outcome<LoadedSpec> {
  const source = new SourceFile(main, files.get(main) ?? '');
  const parsed = parseFile(source);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const spec = plainValue(parsed.value.root) as unknown as Spec;
  return {
    value: { spec, root: parsed.value.root, repaired: new Map(), files: [source] },
    diagnostics: parsed.diagnostics,
  };
}
