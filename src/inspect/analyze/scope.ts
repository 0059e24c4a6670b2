import type { Origin } from './names-in-file.js';

/** Names with their origin, as far as a function sees them: its own, then those of the functions around it, then the file's. */
export interface Origins {
  get(name: string): Origin | undefined;
}

/** The names of a function or of a file. What is declared without a known origin hides what is called the same outside. */
export class Scope implements Origins {
  readonly own = new Map<string, Origin | undefined>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  get(name: string): Origin | undefined {
    return this.own.has(name) ? this.own.get(name) : this.#outer?.get(name);
  }

  /** Declares a name; `this.name` belongs to the file, since methods share it. */
  set(name: string, origin: Origin | undefined): void {
    if (this.#outer !== undefined && name.startsWith('this.')) this.#outer.set(name, origin);
    else if (origin !== undefined || this.#outer !== undefined) this.own.set(name, origin);
  }

  /** Gives a name that is known another value: where it was declared counts. */
  assign(name: string, origin: Origin): void {
    if (this.own.has(name) || this.#outer === undefined) this.own.set(name, origin);
    else this.#outer.assign(name, origin);
  }
}
