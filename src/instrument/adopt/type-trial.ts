import { ts } from 'ts-morph';
import { projectFinder, type Project } from '../apply/types/projects.js';
import { culpritsIn } from '../apply/types/search.js';
import { newFaults, typeChecker, type TypeChecker, type TypeFault } from '../apply/types/type-checker.js';
import type { PlanSettings } from '../file/file-plan.js';
import { adoptedFiles, type Adoptable, type AdoptedFile } from './adopted-files.js';
import type { CodeBase } from './code-base.js';
import { leftAlone, type LeftAlone } from './left-alone.js';

/** Metrics whose change brings no type error that was not there before. */
export interface Tried {
  readonly metrics: readonly Adoptable[];
  readonly files: readonly AdoptedFile[];
  readonly leftAlone: readonly LeftAlone[];
}

interface Fault {
  /** Absolute. */
  readonly path: string;
  readonly fault: TypeFault;
}

/** A project with those of its files that are the code's own. */
interface Checked {
  readonly checker: TypeChecker;
  readonly paths: readonly string[];
}

/** Checks the code with metrics adopted, and leaves out those that bring type errors, until there are none. */
export class TypeTrial {
  readonly #code: CodeBase;
  readonly #settings: PlanSettings;
  readonly #unwritten: ReadonlyMap<string, string> | undefined;
  readonly #projectOf = projectFinder();
  readonly #checked = new Map<Project, Checked>();
  /** The errors that a project has as it is. */
  readonly #before = new Map<Project, ReadonlyMap<string, readonly TypeFault[]>>();

  /** @param unwritten generated files that are not on disk as the spec has them, by their absolute paths */
  constructor(code: CodeBase, settings: PlanSettings, unwritten?: ReadonlyMap<string, string>) {
    this.#code = code;
    this.#settings = settings;
    this.#unwritten = unwritten;
  }

  run(metrics: readonly Adoptable[]): Tried {
    const left: LeftAlone[] = [];
    let kept = metrics;
    for (;;) {
      const files = adoptedFiles(this.#code, kept, this.#settings);
      const faults = this.#faultsOf(files);
      const [first] = faults;
      if (first === undefined) return { metrics: kept, files, leftAlone: left };
      const blamed = this.#blamed(kept, files, faults);
      if (blamed.size === 0) for (const metric of this.#searched(kept)) blamed.set(metric, first);
      // Nothing of it can be told apart: none of them is safe.
      if (blamed.size === 0) for (const metric of kept) blamed.set(metric, first);
      for (const [metric, fault] of blamed) left.push(this.#toldOf(metric, fault));
      kept = kept.filter((metric) => !blamed.has(metric));
    }
  }

  #faultsOf(files: readonly AdoptedFile[]): readonly Fault[] {
    const byProject = new Map<Project, AdoptedFile[]>();
    for (const each of files) {
      const project = this.#projectOf(each.file.absolute);
      if (project !== undefined) byProject.set(project, [...(byProject.get(project) ?? []), each]);
    }
    return [...byProject].flatMap(([project, changed]) => {
      const { checker, paths } = this.#checkedOf(project);
      const texts = new Map(changed.map(({ file, text }) => [file.absolute, text]));
      const after = checker.faultsIn(paths, texts);
      // Where nothing is wrong afterwards, nobody has to know what was wrong before.
      if ([...after.values()].every(({ length }) => length === 0)) return [];
      const before = this.#beforeOf(project);
      return [...after].flatMap(([path, found]) =>
        newFaults(before.get(path) ?? [], found).map((fault) => ({ path, fault })),
      );
    });
  }

  /** Whatever takes a metric in, in any file of the project, has to hold: not only what changes. */
  #checkedOf(project: Project): Checked {
    const known = this.#checked.get(project);
    if (known !== undefined) return known;
    const checker = typeChecker(project, this.#unwritten);
    const own = new Set(this.#code.files.map(({ absolute }) => absolute));
    const paths = [...project.files].filter((path) => own.has(path));
    const checked = { checker, paths };
    this.#checked.set(project, checked);
    return checked;
  }

  #beforeOf(project: Project): ReadonlyMap<string, readonly TypeFault[]> {
    const { checker, paths } = this.#checkedOf(project);
    const before = this.#before.get(project) ?? checker.faultsIn(paths, new Map());
    this.#before.set(project, before);
    return before;
  }

  /** Metrics that stand where an error is. */
  #blamed(
    metrics: readonly Adoptable[],
    files: readonly AdoptedFile[],
    faults: readonly Fault[],
  ): Map<Adoptable, Fault> {
    const blamed = new Map<Adoptable, Fault>();
    const byPath = new Map(files.map((each) => [each.file.absolute, each]));
    for (const each of faults)
      for (const regionOf of [(node: ts.Node) => node, statementOf]) {
        const found = metrics.filter(({ uses, definitions }) =>
          [...uses.places, ...uses.holders, ...definitions.map(({ node }) => node)].some((node) =>
            isAt(regionOf(node), each, byPath.get(each.path)),
          ),
        );
        for (const metric of found) if (!blamed.has(metric)) blamed.set(metric, each);
        if (found.length > 0) break;
      }
    return blamed;
  }

  /** An error elsewhere: by halves, which metrics bring it. */
  #searched(metrics: readonly Adoptable[]): readonly Adoptable[] {
    const search = culpritsIn(metrics);
    let next = search.next(true);
    while (next.done !== true)
      next = search.next(this.#faultsOf(adoptedFiles(this.#code, next.value, this.#settings)).length > 0);
    return next.value;
  }

  #toldOf(metric: Adoptable, { path, fault }: Fault): LeftAlone {
    const obstacle = {
      reason: `it would bring a type error: ${shortened(fault.message)} (TS${fault.code})`,
      help: 'make what it is given the type that the helper asks for, or the spec as wide as the code',
    };
    const all = [...metric.uses.places, ...metric.definitions.map(({ node }) => node)];
    const here = all.find((node) => node.getSourceFile().fileName === path) ?? all[0];
    const [definition] = metric.definitions;
    const node = here ?? definition?.node;
    if (node === undefined) throw new Error('bug: a metric without a definition');
    const told = leftAlone(this.#code, metric.name, node, obstacle);
    const file = this.#code.files.find(({ absolute }) => absolute === path);
    return file === undefined
      ? told
      : { ...told, path: file.path, line: this.#oldLine(metric, file.absolute, fault) ?? told.line };
  }

  /** The line of a fault in the text as it is: that of the place of the metric which it is about. */
  #oldLine(metric: Adoptable, path: string, fault: TypeFault): number | undefined {
    const [file] = adoptedFiles(this.#code, [metric], this.#settings).filter(
      (each) => each.file.absolute === path,
    );
    const nodes = [...metric.uses.places, ...metric.definitions.map(({ node }) => node)];
    const source = this.#code.files.find(({ absolute }) => absolute === path)?.source;
    if (source === undefined) return undefined;
    for (const regionOf of [(node: ts.Node) => node, statementOf])
      for (const node of nodes)
        if (isAt(regionOf(node), { path, fault }, file))
          return source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    return fault.line;
  }
}

/** A chain of causes is told by its first. */
function shortened(message: string): string {
  return (message.split(/\s{2,}/)[0] ?? message).replace(/\.$/, '');
}

/** The statement or the member of a class or a type that a node is in. */
function statementOf(node: ts.Node): ts.Node {
  let at = node;
  while (
    !ts.isStatement(at) &&
    !ts.isClassElement(at) &&
    !ts.isTypeElement(at) &&
    !ts.isSourceFile(at.parent)
  )
    at = at.parent;
  return at;
}

function isAt(node: ts.Node, { path, fault }: Fault, file: AdoptedFile | undefined): boolean {
  const source = node.getSourceFile();
  if (source.fileName !== path) return false;
  const lines =
    file?.linesOf(node.getStart(), node.end) ??
    [node.getStart(), node.end].map((at) => source.getLineAndCharacterOfPosition(at).line + 1);
  const [first = 0, last = 0] = lines;
  return first <= fault.line && fault.line <= last;
}
