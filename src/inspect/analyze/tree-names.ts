import { posix } from 'node:path';
import type { FileFacts, FunctionFacts, Use } from './facts.js';

/** A function of the tree, with who calls it and whom it calls. */
export interface TreeFunction {
  /** As read; what other files say of its calls is added when all are known. */
  facts: FunctionFacts;
  /** How often it is called in the tree, as far as names tell. */
  calls: number;
  readonly callers: Set<TreeFunction>;
  readonly callees: Set<TreeFunction>;
}

/** All functions of a tree, with their calls tied together by imports and names; never by types. */
export interface TreeNames {
  readonly functions: readonly TreeFunction[];
  /** How many files import each file. */
  readonly importers: ReadonlyMap<string, number>;
  /** The function that a use means. */
  find(from: FunctionFacts, use: Use): TreeFunction | undefined;
  /** The package behind a name that is imported from a file of the tree: `db` of `./db.js` is `pg`. */
  clientOf(path: string, use: Use): string | undefined;
}

/** An `index.ts` that exports another one's exports on is followed so far. */
const maximumForwards = 6;

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Ties the calls of a tree together. */
export function treeNames(files: readonly FileFacts[]): TreeNames {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const functions: TreeFunction[] = [];
  const named = new Map<string, TreeFunction>();
  const methods = new Map<string, TreeFunction[]>();
  for (const file of files) {
    for (const facts of file.functions) {
      const each: TreeFunction = { facts, calls: 0, callers: new Set(), callees: new Set() };
      functions.push(each);
      const key = keyOf(file.path, facts.className, facts.name);
      // Two functions of one name in one file: the first one, which mostly is the outer one.
      if (!named.has(key)) named.set(key, each);
      if (facts.className !== undefined || facts.isMember) push(methods, facts.name, each);
    }
  }
  const resolve = resolver(byPath);
  const methodOf = methodFinder(methods);

  const find = (from: FunctionFacts, use: Use): TreeFunction | undefined => {
    if (use.on === 'this') return named.get(keyOf(from.path, from.className, use.name));
    if (use.from !== undefined) {
      const target = resolve(from.path, use.from);
      const exported = target === undefined ? undefined : exportOf(target, use.name, resolve);
      if (use.on === 'name')
        return exported === undefined
          ? undefined
          : named.get(keyOf(exported.file.path, undefined, exported.name));
      return methodOf(use.callee);
    }
    if (use.on === 'name') return named.get(keyOf(from.path, undefined, use.name));
    // A method is known by its name alone where no other has it.
    return methodOf(use.callee);
  };

  for (const caller of functions) {
    for (const use of caller.facts.uses) {
      const callee = find(caller.facts, use);
      if (callee === undefined || callee === caller) continue;
      callee.calls += 1;
      callee.callers.add(caller);
      caller.callees.add(callee);
    }
  }

  const importers = new Map<string, number>();
  for (const file of files) {
    for (const path of new Set(file.imports.map((each) => resolve(file.path, each)?.path)))
      if (path !== undefined) importers.set(path, (importers.get(path) ?? 0) + 1);
  }
  return {
    functions,
    importers,
    find,
    clientOf(path, use) {
      if (use.from === undefined || use.on !== 'object') return undefined;
      const target = resolve(path, use.from);
      const exported = target === undefined ? undefined : exportOf(target, use.name, resolve);
      return exported === undefined ? undefined : exported.file.clients[exported.name];
    },
  };
}

function keyOf(path: string, className: string | undefined, name: string): string {
  return `${path}\0${className ?? ''}\0${name}`;
}

function push(map: Map<string, TreeFunction[]>, key: string, value: TreeFunction): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** The same is called in many places, and found once. */
function methodFinder(
  methods: ReadonlyMap<string, readonly TreeFunction[]>,
): (callee: string) => TreeFunction | undefined {
  const known = new Map<string, TreeFunction | undefined>();
  return (callee) => {
    if (known.has(callee)) return known.get(callee);
    const found = methodOf(callee, methods);
    known.set(callee, found);
    return found;
  };
}

/**
 * The method that `queue.push` means: one whose class is called after what stands before it, `WorkQueue`. Without a class around it a
 * method is known by its name alone, where no other has it and no value of the language.
 */
function methodOf(
  callee: string,
  methods: ReadonlyMap<string, readonly TreeFunction[]>,
): TreeFunction | undefined {
  const parts = callee.replaceAll('()', '').split('.');
  const found = methods.get(parts.at(-1) ?? '') ?? [];
  const receiver = (parts.at(-2) ?? '').replace(/^[#_]+/, '').toLowerCase();
  if (receiver.length < 2) return undefined;
  const called = found.filter(({ facts: { className = '' } }) => className.toLowerCase().endsWith(receiver));
  if (called.length === 1) return called[0];
  const [only] = found;
  if (found.length !== 1 || only === undefined || only.facts.className !== undefined) return undefined;
  return isBuiltIn(only.facts.name) ? undefined : only;
}

/** Methods that arrays, maps, strings, promises, streams and the like have, so that the name says nothing. */
function isBuiltIn(name: string): boolean {
  return (
    [Array, Map, Set, String, Promise, Function, Object, RegExp, Date].some(
      (each) => name in (each.prototype as object) || name in each,
    ) || common.has(name)
  );
}

const common: ReadonlySet<string> = new Set(
  'start stop end close open run execute send write read create update destroy on once emit handler func json text log info warn error'.split(
    ' ',
  ),
);

function resolver(
  files: ReadonlyMap<string, FileFacts>,
): (path: string, specifier: string) => FileFacts | undefined {
  const known = new Map<string, FileFacts | undefined>();
  return (path, specifier) => {
    const target = posix.join(posix.dirname(path), specifier);
    if (!known.has(target)) known.set(target, fileOf(target, files));
    return known.get(target);
  };
}

/** The file that a relative specifier means: `./a.js` is `a.ts`, `./b` may be `b/index.ts`. */
function fileOf(target: string, files: ReadonlyMap<string, FileFacts>): FileFacts | undefined {
  const exact = files.get(target);
  if (exact !== undefined) return exact;
  const bare = target.replace(/\.([cm]?)jsx?$/, '');
  for (const base of bare === target ? [target, `${target}/index`] : [bare]) {
    for (const extension of extensions) {
      const found = files.get(base + extension);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Where a name that a file exports is written down, through files that only export it on. */
function exportOf(
  file: FileFacts,
  name: string,
  resolve: (path: string, specifier: string) => FileFacts | undefined,
  depth = 0,
): { readonly file: FileFacts; readonly name: string } | undefined {
  if (depth > maximumForwards) return undefined;
  if (name === 'default') return { file, name: file.defaultName ?? 'default' };
  const has = (each: FileFacts): boolean =>
    each.clients[name] !== undefined ||
    each.functions.some((one) => one.name === name && one.className === undefined);
  if (has(file)) return { file, name };
  for (const { name: original, as, from } of file.forwarded) {
    if (as !== name && as !== '*') continue;
    const next = resolve(file.path, from);
    if (next === undefined) continue;
    const found = exportOf(next, as === '*' ? name : original, resolve, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
