import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What a service loads with its helpers: start-up time and memory of somebody else's program. */
const folder = join(import.meta.dirname, '../../src/runtime');

interface Imports {
  /** Loaded with the module. */
  readonly first: readonly string[];
  /** Loaded when they are needed. */
  readonly later: readonly string[];
}

const known = new Map<string, Imports>();

/** What a module imports once its types are gone. */
function importsOf(path: string): Imports {
  const found = known.get(path);
  if (found !== undefined) return found;
  const text = readFileSync(path, 'utf8');
  const first = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023).statements.flatMap((node) => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
      return textOf(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier !== undefined)
      return textOf(node.moduleSpecifier);
    return [];
  });
  const later = [...text.matchAll(/\bimport\(([^)]*)\)(?![.\w<[])/g)].map(([, specifier = '']) => specifier);
  const imports = { first, later };
  known.set(path, imports);
  return imports;
}

/** The text of a specifier. */
function textOf(node: ts.Expression): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}

/** Everything that is loaded with a module, packages by name, own modules by path; and what any of them loads later. */
function loadedWith(entry: string): Imports {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const later = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const found = importsOf(path);
    for (const each of found.later) later.add(each);
    for (const each of found.first) {
      if (!each.startsWith('.')) {
        packages.add(each);
        continue;
      }
      const next = join(dirname(path), each.replace(/\.js$/, '.ts'));
      if (!existsSync(next)) throw new Error(`${path} imports ${each}, which is not there`);
      visit(next);
    }
  };
  visit(join(folder, entry));
  return { first: [...[...seen].map((path) => relative(folder, path)), ...packages], later: [...later] };
}

const isPackage = (name: string): boolean => !name.endsWith('.ts') && !name.startsWith('node:');

test('the runtime loads prom-client and the API of OpenTelemetry, and no other package', () => {
  const { first } = loadedWith('index.ts');
  expect(first.filter(isPackage).sort()).toEqual(['@opentelemetry/api', 'prom-client']);
  expect(first.filter((name) => name.startsWith('../'))).toEqual([]);
});

test('so do all of its rooms, each by its own entry', () => {
  const rooms = ts.sys
    .getDirectories(folder)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
  expect(rooms.length).toBeGreaterThanOrEqual(10);
  for (const room of rooms) {
    const { first } = loadedWith(`${room}/index.ts`);
    const packages = first
      .filter(isPackage)
      .filter((name) => !['@opentelemetry/api', 'prom-client'].includes(name));
    expect([room, packages]).toEqual([room, []]);
    expect([room, first.filter((name) => name.startsWith('../'))]).toEqual([room, []]);
  }
});

test('the SDK, its exporters and Sentry are loaded when the telemetry starts, never with the helpers', () => {
  const { first, later } = loadedWith('index.ts');
  expect(
    first.filter(
      (name) => /sdk-node|exporter-|@sentry|ts-morph|ajv|yaml|handlebars/.test(name) && isPackage(name),
    ),
  ).toEqual([]);
  expect(later.length).toBeGreaterThan(0);
  expect(later.filter((name) => /ts-morph|ajv|yaml|handlebars|yargs/.test(name))).toEqual([]);
});
