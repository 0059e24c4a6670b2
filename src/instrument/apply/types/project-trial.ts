import { join } from 'node:path';
import type { FilePlan } from '../../file/file-plan.js';
import type { ChosenPlace } from '../chosen-places.js';
import type { Codemod, LeftOut } from '../codemod.js';
import { bytesOf, withoutMark } from '../draft.js';
import type { Place } from '../refusals.js';
import type { Project } from './projects.js';
import { culpritsIn, type Search } from './search.js';
import { newFaults, typeChecker, type TypeChecker, type TypeFault } from './type-checker.js';

/** A place that brings a type error. */
export interface Blamed {
  readonly plan: FilePlan;
  readonly name: string;
  readonly line: number;
  readonly fault: TypeFault;
}

/** A changed file while its project is tried out. */
interface Tried {
  readonly plan: FilePlan;
  /** Absolute, with `/`. */
  readonly path: string;
  readonly before: readonly TypeFault[];
  /** The plan as it stands now. */
  current: FilePlan;
  leftOut: LeftOut;
  places: readonly ChosenPlace[] | undefined;
}

/** Finds out which places of a project bring type errors, and plans their files without them. */
export class ProjectTrial {
  readonly #checker: TypeChecker;
  readonly #files: readonly Tried[];
  readonly #codemod: Codemod;

  constructor(
    project: Project,
    place: Place,
    plans: readonly FilePlan[],
    codemod: Codemod,
    unwritten?: ReadonlyMap<string, string>,
  ) {
    this.#checker = typeChecker(project, unwritten);
    this.#codemod = codemod;
    const paths = plans.map((plan) => join(place.root, plan.path).replaceAll('\\', '/'));
    const before = this.#checker.faultsIn(paths, new Map());
    this.#files = plans.map((plan, index) => {
      const path = paths[index] ?? '';
      return {
        plan,
        path,
        before: before.get(path) ?? [],
        current: plan,
        leftOut: new Set(),
        places: undefined,
      };
    });
  }

  /** Leaves out places until no new error is left, as far as that goes. */
  run(): {
    readonly blamed: readonly Blamed[];
    readonly remaining: readonly { readonly path: string; readonly fault: TypeFault }[];
  } {
    const blamed: Blamed[] = [];
    let wrong = this.#wrongNow(this.#files);
    if (wrong.size > 0) blamed.push(...this.#searchOwn(wrong));
    if (blamed.length > 0) wrong = this.#wrongNow(this.#files);
    if (wrong.size > 0) {
      blamed.push(...this.#searchAcross(wrong));
      wrong = this.#wrongNow(this.#files);
    }
    const remaining = [...wrong].map(([file, fault]) => ({ path: file.plan.path, fault }));
    return { blamed, remaining };
  }

  plans(): readonly FilePlan[] {
    return this.#files.map(({ current }) => current);
  }

  leftOut(): readonly (readonly [path: string, keys: LeftOut])[] {
    return this.#files.flatMap(({ plan, leftOut }) => (leftOut.size === 0 ? [] : [[plan.path, leftOut]]));
  }

  /** The first new error of each of the files, as all files stand now. */
  #wrongNow(files: readonly Tried[]): Map<Tried, TypeFault> {
    const texts = new Map(
      this.#files
        .filter(({ current }) => current.after !== current.before)
        .map(({ path, current }) => [path, withoutMark(current.after)]),
    );
    const found = this.#checker.faultsIn(
      files.map(({ path }) => path),
      texts,
    );
    return new Map(
      files.flatMap((file) => {
        const [first] = newFaults(file.before, found.get(file.path) ?? []);
        return first === undefined ? [] : [[file, first] as const];
      }),
    );
  }

  /** Errors that a file's own places bring: each file is searched by itself, all of them at a time. */
  #searchOwn(wrong: ReadonlyMap<Tried, TypeFault>): readonly Blamed[] {
    const suspects = [...wrong.keys()];
    for (const file of suspects) this.#apply(file, []);
    const foreign = this.#wrongNow(suspects);
    const searches = new Map<Tried, Search<ChosenPlace>>();
    const asked = new Map<Tried, readonly ChosenPlace[]>();
    const culprits = new Map<Tried, readonly ChosenPlace[]>();
    const faults = new Map<ChosenPlace, TypeFault>();
    const step = (file: Tried, search: Search<ChosenPlace>, answer: boolean): void => {
      const { done, value } = search.next(answer);
      if (done === true) {
        searches.delete(file);
        culprits.set(file, value);
      } else asked.set(file, value);
    };
    for (const file of suspects) {
      if (foreign.has(file)) {
        this.#apply(file, this.#placesOf(file));
        continue;
      }
      const search = culpritsIn(this.#placesOf(file));
      searches.set(file, search);
      step(file, search, true);
    }
    while (searches.size > 0) {
      const open = [...searches];
      for (const [file] of open) this.#apply(file, asked.get(file) ?? []);
      const now = this.#wrongNow(open.map(([file]) => file));
      for (const [file, search] of open) {
        const fault = now.get(file);
        // The last question that went wrong is about the place that the search ends at.
        if (fault !== undefined) for (const each of asked.get(file) ?? []) faults.set(each, fault);
        step(file, search, fault !== undefined);
      }
    }
    return [...culprits].flatMap(([file, found]) => {
      const keys = new Set(found.map(({ key }) => key));
      this.#apply(
        file,
        this.#placesOf(file).filter(({ key }) => !keys.has(key)),
      );
      const fallback = wrong.get(file);
      return found.flatMap((each) => blame(file, each, faults.get(each) ?? fallback));
    });
  }

  /** Errors in one file that come of a change in another: first the file to blame is looked for, then the place in it. */
  #searchAcross(wrong: ReadonlyMap<Tried, TypeFault>): readonly Blamed[] {
    const [fault] = wrong.values();
    const changed = this.#files.filter(({ current }) => current.after !== current.before);
    const kept = new Map(changed.map((file) => [file, file.leftOut]));
    const isWrong = (): boolean => this.#wrongNow(this.#files).size > 0;
    const restore = (file: Tried): void => {
      const out = kept.get(file) ?? new Set();
      this.#apply(
        file,
        this.#placesOf(file).filter(({ key }) => !out.has(key)),
      );
    };
    const files = answered(culpritsIn(changed), (some) => {
      for (const file of changed) {
        if (some.includes(file)) restore(file);
        else this.#apply(file, []);
      }
      return isWrong();
    });
    for (const file of changed) {
      if (files.includes(file)) this.#apply(file, []);
      else restore(file);
    }
    if (isWrong()) {
      for (const file of files) restore(file);
      return [];
    }
    return files.flatMap((file) => {
      const out = kept.get(file) ?? new Set();
      const places = this.#placesOf(file).filter(({ key }) => !out.has(key));
      const found = answered(culpritsIn(places), (some) => {
        this.#apply(file, some);
        return isWrong();
      });
      this.#apply(
        file,
        places.filter((each) => !found.includes(each)),
      );
      return found.flatMap((each) => blame(file, each, fault));
    });
  }

  #placesOf(file: Tried): readonly ChosenPlace[] {
    file.places ??= this.#codemod
      .places(file.plan.path, bytesOf(file.plan.before))
      .filter(({ placed }) => placed !== undefined);
    return file.places;
  }

  /** Plans the file with these of its places alone. */
  #apply(file: Tried, places: readonly ChosenPlace[]): void {
    const all = this.#placesOf(file);
    if (places.length === all.length) {
      file.leftOut = new Set();
      file.current = file.plan;
      return;
    }
    const wanted = new Set(places.map(({ key }) => key));
    file.leftOut = new Set(all.flatMap(({ key }) => (wanted.has(key) ? [] : [key])));
    file.current = this.#codemod.plan(file.plan.path, bytesOf(file.plan.before), file.leftOut);
  }
}

function answered<T>(search: Search<T>, isWrong: (some: readonly T[]) => boolean): readonly T[] {
  let next = search.next(true);
  while (next.done !== true) next = search.next(isWrong(next.value));
  return next.value;
}

function blame(
  { plan }: Tried,
  { name, placed }: ChosenPlace,
  fault: TypeFault | undefined,
): readonly Blamed[] {
  if (fault === undefined || placed === undefined) return [];
  return [{ plan, name, line: placed.line, fault }];
}
