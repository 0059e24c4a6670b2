import {
  type BegunAnalysis,
  beginAnalysis,
  finishAnalysis,
  foundInBoards,
  withLeftovers,
} from '../analyse.js';
import { baselinePath } from '../baseline/path.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { hasErrors } from '../diagnostics/create.js';
import { sortDiagnostics } from '../diagnostics/sort.js';
import type { Model } from '../model/model.js';
import { loadSpecFrom } from '../spec/load.js';
import type { LoadedSpec } from '../spec/loaded.js';
import type { Documents } from './documents.js';
import { carriedOver } from './carry-over.js';

/** Codes of what is only known once dashboards have been looked at: of those that a baseline accepts, which are gone. */
const foundAtTheEnd: ReadonlySet<string> = new Set([...foundInBoards, 'OBS3711', 'OBS3712']);

/**
 * One spec of the workspace: its main file with all that it imports. While somebody types it is looked at without building dashboards; what
 * was found in those stays, moved to where its lines are now, until they have been looked at again.
 */
export class Project {
  /** Absolute path of the main file. */
  readonly main: string;
  readonly #documents: Documents;
  readonly #today: () => string;
  #begun: BegunAnalysis | undefined;
  /** The latest look at which there was a model: completion goes on while the file is broken. */
  #whole: { readonly loaded: LoadedSpec; readonly model: Model } | undefined;
  /** What was found in dashboards when they were last built. */
  #ofBoards: readonly Diagnostic[] = [];
  /** All findings, once the dashboards have been looked at since the last change. */
  #finished: readonly Diagnostic[] | undefined;

  constructor(main: string, documents: Documents, today: () => string) {
    this.main = main;
    this.#documents = documents;
    this.#today = today;
  }

  /** Something that the spec is made of may have changed. */
  invalidate(): void {
    this.#begun = undefined;
    this.#finished = undefined;
  }

  /** The spec as it stands now. */
  get begun(): BegunAnalysis {
    return (this.#begun ??= this.#begin());
  }

  /** The latest model there was. */
  get whole(): { readonly loaded: LoadedSpec; readonly model: Model } | undefined {
    this.#begun ??= this.#begin();
    return this.#whole;
  }

  /** All findings, those in dashboards as they were when they were last built. */
  get diagnostics(): readonly Diagnostic[] {
    const { diagnostics } = this.begun;
    if (this.#finished !== undefined) return this.#finished;
    // Errors stand in the way of building dashboards, and then nothing is said of these.
    if (hasErrors(diagnostics)) return diagnostics;
    const carried = carriedOver(this.#ofBoards, (source) =>
      this.#documents.source(this.#documents.pathOf(source)),
    );
    return sortDiagnostics([...diagnostics, ...carried]);
  }

  /**
   * Builds the dashboards and looks at them too, which is what the command line says. Does so in steps, and gives up once the spec changes.
   * @param pause lets others have their turn
   * @returns whether it came to its end
   */
  async finish(pause: () => Promise<void>): Promise<boolean> {
    const { begun } = this;
    if (this.#finished !== undefined) return true;
    const steps = finishAnalysis(begun, this.#today());
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        this.#finished = withLeftovers(step.value, begun.acceptance).diagnostics;
        this.#ofBoards = this.#finished.filter(({ code }) => foundAtTheEnd.has(code));
        return true;
      }
      await pause();
      if (this.#begun !== begun) return false;
    }
  }

  /** Whether the latest look read a file; undefined where there was none yet, or where something that it needs was not found. */
  hasRead(path: string): boolean | undefined {
    const begun = this.#begun;
    if (begun === undefined) return undefined;
    if (path === baselinePath(this.main)) return true;
    if (this.paths.includes(path)) return true;
    return begun.diagnostics.some(({ code }) => code === 'OBS1021' || code === 'OBS3060') ? undefined : false;
  }

  /** Absolute paths of the files that the spec is made of, presets left out. */
  get paths(): readonly string[] {
    const { loaded, diagnostics } = this.begun;
    const sources: SourceFile[] = [
      ...(loaded?.files ?? []),
      ...diagnostics.flatMap(({ range }) => (range === undefined ? [] : [range.source])),
    ];
    const own = sources.filter((source) => this.#documents.isOwn(source));
    return [...new Set([this.main, ...own.map((source) => this.#documents.pathOf(source))])];
  }

  #begin(): BegunAnalysis {
    const outcome = loadSpecFrom(this.#documents.store, this.main);
    const exists = (path: string): boolean => this.#documents.exists(path);
    const begun = beginAnalysis(outcome, this.#today(), exists, this.#documents.baseline(this.main));
    const { loaded, model } = begun;
    if (loaded !== undefined && model !== undefined) this.#whole = { loaded, model };
    return begun;
  }
}
