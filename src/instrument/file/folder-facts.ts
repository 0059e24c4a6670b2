import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ts } from 'ts-morph';
import type { PlanSettings } from './file-plan.js';

/** What the configuration around a folder says of the modules in it. */
export interface FolderFacts {
  /** Options of the nearest tsconfig.json, with what it extends; undefined: there is none, or it cannot be read. */
  readonly options: ts.CompilerOptions | undefined;
  /** `type` of the nearest package.json; undefined: there is no package.json. */
  readonly packageType: 'module' | 'commonjs' | undefined;
}

/** One look for each folder and run: a rule set lives as long as a run does in its thread. */
const known = new WeakMap<object, Map<string, FolderFacts>>();

/** What holds for the modules around a file, as the nearest tsconfig.json and package.json say. The path is relative to the root. */
export function folderOf(path: string, settings: PlanSettings): FolderFacts {
  let facts = known.get(settings.rules);
  if (facts === undefined) {
    facts = new Map<string, FolderFacts>();
    known.set(settings.rules, facts);
  }
  // Relative keys beside the absolute ones: a lookup for each file has to cost next to nothing.
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const seen = facts.get(`./${folder}`);
  if (seen !== undefined) return seen;
  const found = factsIn(dirname(resolve(settings.root, path)), facts);
  facts.set(`./${folder}`, found);
  return found;
}

function factsIn(folder: string, facts: Map<string, FolderFacts>): FolderFacts {
  const seen = facts.get(folder);
  if (seen !== undefined) return seen;
  const parent = dirname(folder);
  const above: FolderFacts =
    parent === folder ? { options: undefined, packageType: undefined } : factsIn(parent, facts);
  const here = {
    options: optionsOf(join(folder, 'tsconfig.json')) ?? above.options,
    packageType: packageTypeOf(join(folder, 'package.json')) ?? above.packageType,
  };
  facts.set(folder, here);
  return here;
}

function packageTypeOf(path: string): FolderFacts['packageType'] {
  const text = textOf(path);
  if (text === undefined) return undefined;
  try {
    const content: unknown = JSON.parse(text);
    const isModule =
      typeof content === 'object' && content !== null && 'type' in content && content.type === 'module';
    return isModule ? 'module' : 'commonjs';
  } catch {
    return undefined;
  }
}

function optionsOf(path: string, isReferenced = false): ts.CompilerOptions | undefined {
  if (!existsSync(path)) return undefined;
  const { config } = ts.readConfigFile(path, textOf) as { config?: TsConfig };
  if (config === undefined) return undefined;
  // A file that only refers to others has no options of its own: those that it refers to have them.
  const referred = config.references?.[0]?.path;
  if (!isReferenced && config.files?.length === 0 && typeof referred === 'string') {
    const at = join(dirname(path), referred);
    return optionsOf(at.endsWith('.json') ? at : join(at, 'tsconfig.json'), true);
  }
  return ts.parseJsonConfigFileContent(config, withoutListing, dirname(path), undefined, path).options;
}

interface TsConfig {
  readonly files?: readonly unknown[];
  readonly references?: readonly { readonly path?: unknown }[];
}

/** Reads what is extended, but lists no folders: only the options are wanted. */
const withoutListing: ts.ParseConfigHost = {
  useCaseSensitiveFileNames: true,
  readDirectory: () => [],
  fileExists: existsSync,
  readFile: textOf,
};

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
