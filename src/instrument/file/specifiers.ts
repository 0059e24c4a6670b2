import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { PlanSettings } from './file-plan.js';

const {
  isCallExpression,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isStringLiteral,
  isVariableStatement,
} = ts;

/** What a file takes in by one statement: the statement, and what stands between its quotes. */
export interface TakenModule {
  readonly statement: ts.Statement;
  readonly specifier: string;
}

/** The modules that a file imports or requires at its top, in order. */
export function takenModules(source: ts.SourceFile): readonly TakenModule[] {
  const found: TakenModule[] = [];
  for (const statement of source.statements) {
    const literal = specifierOf(statement);
    if (literal !== undefined) found.push({ statement, specifier: literal.text });
  }
  return found;
}

function specifierOf(statement: ts.Statement): ts.StringLiteral | undefined {
  if (isImportDeclaration(statement)) return literalOf(statement.moduleSpecifier);
  if (isImportEqualsDeclaration(statement))
    return isExternalModuleReference(statement.moduleReference)
      ? literalOf(statement.moduleReference.expression)
      : undefined;
  if (!isVariableStatement(statement)) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  const call = others.length === 0 ? declaration?.initializer : undefined;
  if (call === undefined || !isCallExpression(call) || !isIdentifier(call.expression)) return undefined;
  return call.expression.text === 'require' ? literalOf(call.arguments[0]) : undefined;
}

function literalOf(node: ts.Expression | undefined): ts.StringLiteral | undefined {
  return node !== undefined && isStringLiteral(node) ? node : undefined;
}

/** A way of tsconfig's `paths` to reach a module: what stands before and after the part that varies. */
interface Alias {
  readonly before: string;
  readonly after: string;
  /** What it stands for, absolute. */
  readonly target: string;
}

/** Finds modules of the generated folder from a file, as the file would write them. */
export class Specifiers {
  private readonly folder: string;
  private readonly outDir: string;
  private readonly aliases: readonly Alias[];

  constructor(path: string, settings: PlanSettings, options: ts.CompilerOptions | undefined) {
    this.folder = posix.dirname(posix.resolve(slashed(settings.root), path));
    this.outDir = slashed(settings.outDir);
    this.aliases = aliasesOf(options);
  }

  /** Name of the module in the generated folder that a specifier means, without extension: `instrument`; undefined: another module. */
  generated(specifier: string): string | undefined {
    for (const target of this.targets(specifier)) {
      if (!target.startsWith(`${this.outDir}/`)) continue;
      return target.slice(this.outDir.length + 1).replace(/\.[cm]?[jt]s$/, '');
    }
    return undefined;
  }

  /** What to write for a generated module: by an alias where the file uses one that reaches it, else as a relative path. */
  write(module: string, taken: readonly TakenModule[], extension: string): string {
    const target = `${this.outDir}/${module}`;
    const relative = posix.relative(this.folder, target);
    if (!relative.startsWith('../')) return `./${relative}${extensionOf(taken, isRelative, extension)}`;
    const used = (alias: Alias) => taken.some(({ specifier }) => reaches(alias, specifier));
    for (const alias of this.aliases) {
      if (!target.startsWith(alias.target) || !used(alias)) continue;
      const own = (specifier: string) => reaches(alias, specifier);
      return `${alias.before}${target.slice(alias.target.length)}${extensionOf(taken, own, '')}`;
    }
    return `${relative}${extensionOf(taken, isRelative, extension)}`;
  }

  private targets(specifier: string): readonly string[] {
    if (isRelative(specifier)) return [posix.resolve(this.folder, specifier)];
    if (specifier.startsWith('/')) return [specifier];
    return this.aliases
      .filter((alias) => reaches(alias, specifier))
      .map(({ before, after, target }) =>
        posix.normalize(target + specifier.slice(before.length, specifier.length - after.length)),
      );
  }
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../');
}

function reaches({ before, after }: Alias, specifier: string): boolean {
  return (
    specifier.length > before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after)
  );
}

/** The extension that a file gives its own modules: what most of those of a kind have; none of them: what is asked for. */
function extensionOf(
  taken: readonly TakenModule[],
  isOfKind: (specifier: string) => boolean,
  fallback: string,
): string {
  const counts = new Map<string, number>();
  for (const { specifier } of taken) {
    if (!isOfKind(specifier)) continue;
    const name = specifier.slice(specifier.lastIndexOf('/') + 1);
    const [, ending] = /\.[cm]?([jt])sx?$/.exec(name) ?? [];
    // A style sheet or a JSON file says nothing of modules; `user.service` is a name without extension.
    if (ending === undefined && /\.(?:json|css|scss|less|svg|png|html|txt|md|wasm|node)$/.test(name))
      continue;
    if (name === '' || name === '.' || name === '..') continue;
    const style = ending === undefined ? '' : `.${ending}s`;
    counts.set(style, (counts.get(style) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? fallback;
}

/** The `paths` of a tsconfig that end in a star, longest first, as the compiler prefers them. */
function aliasesOf(options: ts.CompilerOptions | undefined): readonly Alias[] {
  const { paths } = options ?? {};
  if (options === undefined || paths === undefined) return [];
  const base = options['baseUrl' as string] ?? options['pathsBasePath'];
  if (typeof base !== 'string') return [];
  const found = Object.entries(paths).flatMap(([pattern, targets]) => {
    const [before, after, ...more] = pattern.split('*');
    const [target] = targets;
    if (before === undefined || after === undefined || more.length > 0) return [];
    if (target === undefined || !target.endsWith('*') || before === '') return [];
    // A trailing slash has to survive, and it is not a path's own.
    return [
      {
        before,
        after,
        target: `${posix.resolve(slashed(base), target.slice(0, -1))}${target.endsWith('/*') ? '/' : ''}`,
      },
    ];
  });
  return found.sort((a, b) => b.before.length - a.before.length);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
