import type { Requirement } from './matchers.js';

/** Tells which rules can fit anything in a text, from the names that it has to hold. */
export interface Prefilter {
  /** For each rule that was asked for, whether its texts are there. Each text is looked for once, and only when a rule needs it. */
  inText(text: string): (rule: number) => boolean;
}

/** What has to be there for one rule: of each key, all texts of one list. */
type Needs = readonly (readonly (readonly number[])[])[];

/** With more texts than this, one look at which four characters follow each other in a file costs less than looking for each of them. */
const manyLiterals = 12;

/** @param requirements for each rule, those of its keys */
export function prefilterOf(requirements: readonly (readonly Requirement[])[]): Prefilter {
  const literals: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (literal: string): number => {
    const known = numbers.get(literal);
    if (known !== undefined) return known;
    numbers.set(literal, literals.length);
    return literals.push(literal) - 1;
  };
  const needs = requirements.map((keys): Needs =>
    keys
      .filter((each) => each !== undefined)
      .filter((lists) => !lists.some((list) => list.length === 0))
      .toSorted((a, b) => shortest(b) - shortest(a))
      .map((lists) => lists.map((list) => list.toSorted((a, b) => b.length - a.length).map(numberOf))),
  );
  const windows = literals.length > manyLiterals ? new WindowFilter(literals) : undefined;
  return {
    inText(text) {
      // 0: not looked for yet, 1: there, 2: not there.
      const found = new Uint8Array(literals.length);
      let isRead = windows === undefined;
      const has = (literal: number): boolean => {
        if (!isRead) {
          windows?.read(text, found);
          isRead = true;
        }
        if (found[literal] === 0) found[literal] = text.includes(literals[literal] ?? '') ? 1 : 2;
        return found[literal] === 1;
      };
      return (rule) => needs[rule]?.every((lists) => lists.some((list) => list.every(has))) ?? false;
    },
  };
}

/** Long texts are rare: the key whose shortest list is the longest is asked first. */
function shortest(lists: readonly (readonly string[])[]): number {
  return Math.min(...lists.map((list) => Math.max(...list.map((literal) => literal.length))));
}

const windowSize = 4;
const hashes = 1 << 16;

/**
 * Marks texts that cannot be in another one, since some four characters of theirs do not follow each other in it. The hash of the last
 * four characters rolls on by itself: what is older is shifted out.
 */
class WindowFilter {
  /** The hashes of each text's windows; none for one that is too short. */
  private readonly windows: readonly (readonly number[])[];
  /** The number of the last text in which a hash was seen, so that nothing has to be cleared. */
  private readonly seen = new Uint32Array(hashes);
  private texts = 0;

  constructor(literals: readonly string[]) {
    this.windows = literals.map(windowsOf);
  }

  /** Sets 2 for each text that is not there. */
  read(text: string, found: Uint8Array): void {
    this.texts += 1;
    const { seen, texts, windows } = this;
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      hash = ((hash << 4) ^ text.charCodeAt(at)) & 0xffff;
      seen[hash] = texts;
    }
    for (let literal = 0; literal < windows.length; literal += 1)
      if (windows[literal]?.some((each) => seen[each] !== texts) === true) found[literal] = 2;
  }
}

function windowsOf(literal: string): readonly number[] {
  const windows: number[] = [];
  for (let start = 0; start + windowSize <= literal.length; start += 1) {
    let hash = 0;
    for (let at = start; at < start + windowSize; at += 1)
      hash = ((hash << 4) ^ literal.charCodeAt(at)) & 0xffff;
    windows.push(hash);
  }
  return windows;
}
