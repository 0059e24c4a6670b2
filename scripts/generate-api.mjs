/**
 * Writes api/*.md, the public API of every entry point of the package as a text, so that a change of it is seen in review:
 * `npm run generate:api`. test/package/api.test.ts fails where a report is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'api');

/** Declarations alone: neither the language's library nor other packages are read, whose types stay names. */
const options = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  declaration: true,
  isolatedDeclarations: true,
  noLib: true,
  types: [],
};

const printer = ts.createPrinter({ removeComments: true });

/** The entry points that have types, as programs name them, with the source that each is compiled from. */
function entryPoints() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, target]) =>
    target.types === undefined
      ? []
      : [
          {
            specifier: name + path.slice(1),
            source: join(root, target.types.replace(/^\.\/dist\//, 'src/').replace(/\.d\.ts$/, '.ts')),
          },
        ],
  );
}

/** What a module declares, without what it does; needs neither a build nor the types of what it imports. */
function declarationsOf(path) {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(path, 'utf8'), {
    fileName: path,
    compilerOptions: options,
  });
  const [fault] = diagnostics;
  if (fault !== undefined)
    throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
  return outputText;
}

/** The declarations of some modules and of all that they name, by path. */
function declarationTree(sources) {
  const files = new Map();
  const visit = (source) => {
    const path = source.replace(/\.ts$/, '.d.ts');
    if (files.has(path)) return;
    const text = declarationsOf(source);
    files.set(path, text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) visit(join(dirname(source), fileName.replace(/\.js$/, '.ts')));
    }
  };
  for (const source of sources) visit(source);
  return files;
}

function programOf(files) {
  const disk = ts.createCompilerHost(options);
  const host = {
    ...disk,
    fileExists: (path) => files.has(path) || path === join(root, 'package.json'),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language) =>
      files.has(path) ? ts.createSourceFile(path, files.get(path), language, true) : undefined,
  };
  return ts.createProgram({ rootNames: [...files.keys()], options, host });
}

const isPrivate = (member) =>
  (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0 ||
  (member.name !== undefined && ts.isPrivateIdentifier(member.name));

/** A class without what programs cannot reach. */
function withoutPrivate(node) {
  if (!ts.isClassDeclaration(node)) return node;
  const members = node.members.filter((member) => !isPrivate(member));
  return ts.factory.updateClassDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  );
}

/** The statement that a declaration stands in; undefined for a type parameter, a property or an import. */
function statementOf(declaration) {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.isSourceFile(node.parent) && !ts.isImportDeclaration(node) ? node : undefined;
}

function report(program, { specifier, source }) {
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(source.replace(/\.ts$/, '.d.ts'));
  const target = (symbol) =>
    (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = new Map(
    checker.getExportsOfModule(checker.getSymbolAtLocation(entry)).map((each) => [each.name, target(each)]),
  );
  const known = new Set(exported.values());
  const behind = new Map();

  /** The text of a symbol's declarations; what they name and nobody exports is put behind them. */
  const textOf = (symbol) => {
    const statements = [
      ...new Set((symbol.declarations ?? []).map(statementOf).filter((each) => each !== undefined)),
    ];
    return statements.map((statement) => {
      const shown = withoutPrivate(statement);
      const visit = (node) => {
        if (ts.isIdentifier(node)) reach(checker.getSymbolAtLocation(node));
        ts.forEachChild(node, visit);
      };
      visit(shown);
      return printer.printNode(ts.EmitHint.Unspecified, shown, statement.getSourceFile());
    });
  };
  const reach = (named) => {
    const symbol = named === undefined ? undefined : target(named);
    if (symbol === undefined || known.has(symbol)) return;
    if (!(symbol.declarations ?? []).some((each) => statementOf(each) !== undefined)) return;
    known.add(symbol);
    // The keyword is of its own module: the entry point does not pass it on.
    behind.set(
      symbol,
      textOf(symbol)
        .join('\n')
        .replaceAll(/^export (?:declare )?/gm, ''),
    );
  };

  const byName = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
  const own = [...exported].sort(byName).map(([name, symbol]) => {
    const texts = textOf(symbol);
    if (texts.length === 0) throw new Error(`${specifier}: \`${name}\` has no declaration`);
    const label = symbol.name === name ? [] : [`// as ${name}`];
    return [...label, ...texts].join('\n');
  });
  const global = entry.statements
    .filter((statement) => ts.isModuleDeclaration(statement))
    .map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, entry));
  const others = [...behind]
    .map(([symbol, text]) => [`${symbol.name} ${text}`, text])
    .sort(byName)
    .map(([, text]) => text);
  const block = (texts) => `\`\`\`ts\n${texts.join('\n\n')}\n\`\`\`\n`;
  return [
    `# ${specifier}\n`,
    '`npm run generate:api` writes this from the sources, without comments and private members. What is changed or removed here breaks those\nwho use it, and belongs into CHANGELOG.md.\n',
    '## Exported\n',
    block(own),
    ...(global.length === 0 ? [] : ['## Added to other packages\n', block(global)]),
    ...(others.length === 0 ? [] : ['## Named by these, without an export\n', block(others)]),
  ].join('\n');
}

/** The reports, by file name. */
export function apiReports() {
  const entries = entryPoints();
  const program = programOf(declarationTree(entries.map(({ source }) => source)));
  return new Map(
    entries.map((entry) => [`${entry.specifier.split('/').slice(1).join('-')}.md`, report(program, entry)]),
  );
}

if (process.argv[1]?.endsWith('generate-api.mjs')) {
  const reports = apiReports();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!reports.has(name)) rmSync(join(folder, name));
  for (const [name, text] of reports) writeFileSync(join(folder, name), text);
}
