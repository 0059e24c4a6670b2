import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Yaml from 'yaml';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/**
 * The parser of completions waits for nobody, and every command loads this file: what reads YAML is loaded at once where it is needed, and
 * nowhere else.
 */
function parseYaml(text: string): unknown {
  const { parse } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  return parse(text, { logLevel: 'silent' });
}

/** A file as far as it can be read: somebody who is typing is not told what is wrong with it. */
function readFields(path: string): Fields {
  try {
    return fieldsOf(parseYaml(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}

/** The spec that the line is about, and the files that it imports. */
function* filesOf(words: readonly string[]): Generator<Fields> {
  const at = words.indexOf('--spec');
  const main = (at >= 0 ? words[at + 1] : undefined) ?? './observability.yaml';
  const fields = readFields(main);
  yield fields;
  const imports: unknown = fields['imports'];
  for (const path of Array.isArray(imports) ? (imports as readonly unknown[]) : [])
    if (typeof path === 'string') yield readFields(join(dirname(main), path));
}

function* ownersIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value))
    if (key === 'owner' && typeof each === 'string') yield each;
    else yield* ownersIn(each);
}

/** Names that stand in the spec of a command line: of what `test --only` can run, or of owners. */
export function namesInSpec(words: readonly string[], kind: 'tested' | 'owners'): readonly string[] {
  const names = new Set<string>();
  for (const fields of filesOf(words)) {
    if (kind === 'owners') for (const owner of ownersIn(fields)) names.add(owner);
    else
      for (const section of ['alerts', 'slos'])
        for (const name of Object.keys(fieldsOf(fields[section]))) names.add(name);
  }
  return [...names].sort();
}
