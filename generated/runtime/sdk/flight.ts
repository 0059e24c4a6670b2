// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** One export on its way: what becomes of it counts once, and an answer after it was given up only frees its place. */
export class Flight {
  private readonly count: (isExported: boolean) => void;
  private hasLanded = false;
  private hasAnswer = false;

  /** @param count told once whether the items have arrived */
  constructor(count: (isExported: boolean) => void) {
    this.count = count;
  }

  /** Settles the items; false where they had been settled before. */
  land(isExported: boolean): boolean {
    if (this.hasLanded) return false;
    this.hasLanded = true;
    this.count(isExported);
    return true;
  }

  /** Notes the exporter's answer; false where it answers again. */
  answer(): boolean {
    if (this.hasAnswer) return false;
    this.hasAnswer = true;
    return true;
  }
}
