import type { Outcome } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { FileStore } from './layers/imports.js';

/** All that an analysis asks of a disk. */
export interface Surroundings {
  readonly store: FileStore;
  /** Whether there is a regular file at a path. */
  exists(path: string): boolean;
  /** The baseline of a spec as it was read; undefined where there is none. */
  baseline(spec: string): Outcome<SourceFile> | undefined;
}

/** A question to the surroundings, and whether the answer is still the same. */
type Question = (now: Surroundings) => boolean;

/**
 * Surroundings that remember what they answered, so that an analysis can be kept for as long as it would come out the same: what was absent
 * is looked for again, as well as what was there. Contents are compared rather than times, which some file systems count in seconds and
 * some programs put back: reading a spec takes a thousandth of the time of its analysis.
 */
export class ObservedSurroundings implements Surroundings {
  readonly store: FileStore;
  readonly #inner: Surroundings;
  readonly #questions = new Map<string, Question>();

  constructor(inner: Surroundings) {
    this.#inner = inner;
    const { store } = inner;
    this.store = {
      resolve: (from, path) => store.resolve(from, path),
      read: (id) => this.#note(`read ${id}`, store.read(id), (now) => now.store.read(id), sameContent),
      target: (id) => this.#note(`target ${id}`, store.target(id), (now) => now.store.target(id)),
    };
  }

  exists(path: string): boolean {
    return this.#note(`exists ${path}`, this.#inner.exists(path), (now) => now.exists(path));
  }

  baseline(spec: string): Outcome<SourceFile> | undefined {
    return this.#note(
      `baseline ${spec}`,
      this.#inner.baseline(spec),
      (now) => now.baseline(spec),
      sameContent,
    );
  }

  /** Whether every answer would be the same now. */
  holds(now: Surroundings): boolean {
    return [...this.#questions.values()].every((same) => same(now));
  }

  #note<T>(
    key: string,
    answer: T,
    again: (now: Surroundings) => T,
    same: (a: T, b: T) => boolean = Object.is,
  ): T {
    // A file that changed while it was looked at gave two answers: what was made of both holds at no time.
    const before = this.#questions.get(key);
    const question: Question = (now) => same(answer, again(now));
    this.#questions.set(key, before === undefined ? question : (now) => before(now) && question(now));
    return answer;
  }
}

type Read = Outcome<SourceFile> | undefined;

function sameContent(a: Read, b: Read): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.value !== undefined || b.value !== undefined)
    return a.value?.text === b.value?.text && a.value?.path === b.value?.path;
  const said = ({ diagnostics }: Outcome<SourceFile>): string =>
    JSON.stringify(diagnostics.map(({ code, message, range }) => [code, message, range?.source.text]));
  return said(a) === said(b);
}
