import { analyseLoaded } from '../analyse.js';
import type { Acceptance } from '../baseline/baseline.js';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js';
import { SourceFile } from '../diagnostics/source-file.js';
import type { FileExists } from '../model/checks/named-files.js';
import type { FileStore } from '../spec/layers/imports.js';
import { loadSpecFrom } from '../spec/load.js';
import { fixable } from './fixable.js';
import { applied, bySource } from './text-edits.js';

/** One fix may lay bare what the next one mends; a spec that needs more rounds than this has fixes that undo each other. */
const mostRounds = 25;

/** A file that fixes change. */
export interface MendedFile {
  /** As the store knows it. */
  readonly id: string;
  readonly before: SourceFile;
  readonly after: SourceFile;
}

/** What all fixes of a spec come to. */
export interface Mended {
  readonly files: readonly MendedFile[];
  /** Findings whose fix was applied, in the order in which that was done. */
  readonly mended: readonly Diagnostic[];
  /** What is still to be said of the spec. */
  readonly left: readonly Diagnostic[];
}

/** A look at all that fixes may change. */
interface Look {
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Applies the fixes of all findings of a spec to its files in memory, again and again until none is left. A fix that would bring an error
 * is left out. Whatever the fixes do not touch stays as it is, comments and layout included; presets are never changed.
 * @param main the main file, as the store knows it
 * @param today an ISO date
 * @param acceptance the findings that a baseline accepts, asked for anew at each look: they are left as they are
 */
export function mend(
  store: FileStore,
  main: string,
  today: string,
  exists?: FileExists,
  acceptance?: () => Acceptance | undefined,
): Mended {
  return mendAll(store, (files) => analyseLoaded(loadSpecFrom(files, main), today, exists, acceptance?.()));
}

/**
 * The same for whatever has findings in files of a store, such as several services: a fix in a file that they share is left out where it
 * would bring an error to any of them.
 * @param lookAt what there is to be said of the files as they are
 * @returns the last look besides, which is one at the files as they have become
 */
export function mendAll<T extends Look>(
  store: FileStore,
  lookAt: (files: FileStore) => T,
): Mended & { readonly last: T } {
  const state = new State(store);
  let last = lookAt(state.store);
  const look = (): readonly Diagnostic[] => (last = lookAt(state.store)).diagnostics;
  const mended: Diagnostic[] = [];
  const refused = new Set<string>();
  let left = last.diagnostics;
  for (let round = 0; round < mostRounds; round += 1) {
    const fixes = fixable(left).filter((fix) => !refused.has(identity(fix)));
    if (fixes.length === 0) break;
    const taken = (chosen: readonly Fix[]): readonly Diagnostic[] =>
      left.filter(({ fix }) => fix !== undefined && chosen.some((each) => identity(each) === identity(fix)));
    const before = state.texts;
    state.apply(fixes);
    let next = look();
    if (errorsIn(next) > errorsIn(left)) {
      // One of them is to blame: they are tried alone, and those that make matters worse are not tried again.
      state.restore(before);
      const good = fixes.find((fix) => {
        state.restore(before);
        state.apply([fix]);
        next = look();
        if (errorsIn(next) <= errorsIn(left)) return true;
        refused.add(identity(fix));
        return false;
      });
      if (good === undefined) {
        state.restore(before);
        left = look();
        break;
      }
      mended.push(...taken([good]));
    } else mended.push(...taken(fixes));
    left = next;
    if (state.wasSeen()) break;
  }
  return { files: state.changed(), mended, left, last };
}

const errorsIn = (found: readonly Diagnostic[]): number =>
  found.filter(({ severity }) => severity === 'error').length;

function identity({ range, text }: Fix): string {
  return JSON.stringify([range.source.path, range.start, range.end, text]);
}

/** The files of a store, as fixes have left them. */
class State {
  readonly store: FileStore;
  readonly #ids = new WeakMap<SourceFile, string>();
  readonly #originals = new Map<string, SourceFile>();
  readonly #seen = new Set<string>();
  #now = new Map<string, SourceFile>();

  constructor(store: FileStore) {
    this.store = {
      ...store,
      read: (given) => {
        // A file that is reached by two links is one: fixes of it must not get into each other's way.
        const id = store.target(given);
        const now = this.#now.get(id);
        if (now !== undefined) return { value: now, diagnostics: [] };
        const outcome = store.read(given);
        if (outcome.value !== undefined) {
          this.#originals.set(id, outcome.value);
          this.#now.set(id, outcome.value);
          this.#ids.set(outcome.value, id);
        }
        return outcome;
      },
    };
  }

  get texts(): ReadonlyMap<string, SourceFile> {
    return new Map(this.#now);
  }

  restore(texts: ReadonlyMap<string, SourceFile>): void {
    this.#now = new Map(texts);
  }

  apply(fixes: readonly Fix[]): void {
    for (const [source, ofSource] of bySource(fixes)) {
      const id = this.#ids.get(source);
      if (id === undefined) continue;
      const changed = new SourceFile(source.path, applied(source.text, ofSource));
      this.#now.set(id, changed);
      this.#ids.set(changed, id);
    }
  }

  /** Whether all texts are as they were after an earlier round: fixes that undo each other would go on for ever. */
  wasSeen(): boolean {
    const key = JSON.stringify([...this.#now].map(([id, { text }]) => [id, text]));
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }

  changed(): readonly MendedFile[] {
    return [...this.#now].flatMap(([id, after]) => {
      const before = this.#originals.get(id);
      return before === undefined || before.text === after.text ? [] : [{ id, before, after }];
    });
  }
}
