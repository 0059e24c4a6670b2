import { ts } from 'ts-morph';
import type { Edit } from '../edit.js';
import type { FileContext, HelperName } from '../file-context.js';
import type { PlanSettings } from './file-plan.js';
import { FreeNames } from './free-names.js';
import { moduleFacts, type ModuleFacts } from './module-facts.js';
import { Specifiers, takenModules, type TakenModule } from './specifiers.js';
import { hasSemicolons, indentOf, newlineOf, quoteOf } from './text-style.js';

const { isImportDeclaration, isNamedImports } = ts;

/** Facts of a file that hold however often its edits are made anew. Each is found out when it is first asked for. */
export class FileFacts {
  readonly source: ts.SourceFile;
  readonly path: string;
  readonly settings: PlanSettings;
  // A field for each, since they are asked for at every place.
  #newline: '\n' | '\r\n' | undefined;
  #indent: string | undefined;
  #quote: "'" | '"' | undefined;
  #semicolons: boolean | undefined;
  #module: ModuleFacts | undefined;
  #free: FreeNames | undefined;
  #taken: readonly TakenModule[] | undefined;
  #specifiers: Specifiers | undefined;
  #held: ReadonlyMap<string, string> | undefined;

  constructor(source: ts.SourceFile, path: string, settings: PlanSettings) {
    this.source = source;
    this.path = path;
    this.settings = settings;
  }

  get text(): string {
    return this.source.text;
  }

  get newline(): '\n' | '\r\n' {
    return (this.#newline ??= newlineOf(this.text));
  }

  get indent(): string {
    return (this.#indent ??= indentOf(this.text));
  }

  get quote(): "'" | '"' {
    return (this.#quote ??= quoteOf(this.source));
  }

  get semicolons(): boolean {
    return (this.#semicolons ??= hasSemicolons(this.source));
  }

  get module(): ModuleFacts {
    return (this.#module ??= moduleFacts(this.source, this.path, this.settings));
  }

  get free(): FreeNames {
    return (this.#free ??= new FreeNames(this.source));
  }

  get taken(): readonly TakenModule[] {
    return (this.#taken ??= takenModules(this.source));
  }

  get specifiers(): Specifiers {
    return (this.#specifiers ??= new Specifiers(this.path, this.settings, this.module.folder.options));
  }

  /** Local names of what the file already takes from generated modules by name, which need not be taken again. */
  get held(): ReadonlyMap<string, string> {
    return (this.#held ??= heldHelpers(this.taken, () => this.specifiers));
  }
}

/** A file as shapes see it, with the helpers that they have asked for. */
export class WrittenFile implements FileContext {
  /** The name in the file of each helper that has to be imported. */
  readonly imported = new Map<HelperName, string>();
  readonly facts: FileFacts;
  /** The name of the whole module, in files that import it by `import x = require()`. */
  private moduleName: string | undefined;

  constructor(facts: FileFacts) {
    this.facts = facts;
  }

  get source(): ts.SourceFile {
    return this.facts.source;
  }

  get text(): string {
    return this.facts.text;
  }

  get newline(): '\n' | '\r\n' {
    return this.facts.newline;
  }

  get indent(): string {
    return this.facts.indent;
  }

  get quote(): "'" | '"' {
    return this.facts.quote;
  }

  get semicolons(): boolean {
    return this.facts.semicolons;
  }

  get isCommonJs(): boolean {
    return this.facts.module.isCommonJs;
  }

  get isTyped(): boolean {
    return this.facts.module.isTyped;
  }

  get legacyDecorators(): boolean | undefined {
    const { options } = this.facts.module.folder;
    return options === undefined ? undefined : options.experimentalDecorators === true;
  }

  get emitsDecoratorMetadata(): boolean {
    return this.facts.module.folder.options?.emitDecoratorMetadata === true;
  }

  get isolatedDeclarations(): boolean {
    return this.facts.module.folder.options?.isolatedDeclarations === true;
  }

  /** What `import x = require()` calls the module; undefined: it is not imported, or by names. */
  get importedModule(): string | undefined {
    return this.moduleName;
  }

  /** A shape may have asked for a helper and then left its place alone: what no edit names is not imported. */
  forgetUnused(edits: readonly Edit[]): void {
    for (const [helper, name] of this.imported)
      if (!edits.some(({ text }) => text.includes(name))) this.imported.delete(helper);
    const { moduleName } = this;
    if (moduleName !== undefined && !edits.some(({ text }) => text.includes(`${moduleName}.`)))
      this.moduleName = undefined;
  }

  use(helper: HelperName): string {
    const known = this.imported.get(helper);
    if (known !== undefined) return known;
    const held = this.facts.held.get(helper);
    if (held !== undefined) return held;
    if (this.facts.module.importForm === 'import equals') {
      this.moduleName ??= this.facts.free.freeForm('instrument');
      return `${this.moduleName}.${helper}`;
    }
    const name = this.facts.free.freeForm(helper);
    this.imported.set(helper, name);
    return name;
  }
}

/** Which modules of the generated folder hold helpers under the names that `instrument` gives them; it holds all of them. */
const holders: Readonly<Record<string, readonly string[]>> = {
  index: ['spans', 'metrics', 'logs'],
  spans: ['spans'],
  metrics: ['metrics'],
  logs: ['logs'],
};

function heldHelpers(
  taken: readonly TakenModule[],
  specifiers: () => Specifiers,
): ReadonlyMap<string, string> {
  const held = new Map<string, string>();
  for (const { statement, specifier } of taken) {
    if (!isImportDeclaration(statement) || statement.importClause?.phaseModifier !== undefined) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !isNamedImports(bindings)) continue;
    // Names first: finding out what a specifier means costs more, and most imports are of something else.
    for (const element of bindings.elements) {
      const name = (element.propertyName ?? element.name).text;
      if (element.isTypeOnly || !mayBeHelper(name)) continue;
      const module = specifiers().generated(specifier);
      if (module === 'instrument' || (module !== undefined && holders[module]?.includes(name) === true))
        held.set(name, element.name.text);
    }
  }
  return held;
}

function mayBeHelper(name: string): boolean {
  return name.startsWith('trace') || /^(?:spans|metrics|logs|logger|keepContext)$/.test(name);
}
