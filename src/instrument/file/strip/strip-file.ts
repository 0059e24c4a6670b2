import { ts } from 'ts-morph';
import { parseSource } from '../../find/parse-file.js';
import type { PlanSettings } from '../file-plan.js';
import { isMemberName } from '../free-names.js';
import { withoutCuts, type Cut, type Reading, type TakenOut } from './cut.js';
import { formAt } from './forms.js';
import { importCuts } from './import-cuts.js';
import { Helpers, marksOf, mayBeMarked } from './marks.js';

/** A text without what the codemod has put into it. */
export interface Stripped {
  /** The same string where there was nothing. */
  readonly text: string;
  readonly cuts: readonly Cut[];
  /** Offsets of functions and calls, in the text as it was, that have lost something. */
  readonly places: readonly number[];
  /** Uses of the helpers that the codemod does not write itself, left as they are: offsets in the text as it was. */
  readonly left: readonly number[];
}

/**
 * Takes out all that the codemod has put into a file: byte for byte as long as nobody has touched it, and by its structure where a
 * formatter has broken its lines anew. Edits by people inside of the functions stay.
 */
export function stripFile(text: string, path: string, settings: PlanSettings): Stripped {
  if (!mayBeMarked(text)) return { text, cuts: [], places: [], left: [] };
  if (!text.startsWith('\uFEFF')) return stripSource(parseSource(path, text), path, settings);
  const bare = stripSource(parseSource(path, text.slice(1)), path, settings);
  return {
    text: `\uFEFF${bare.text}`,
    cuts: bare.cuts.map((each) => ({ ...each, start: each.start + 1, end: each.end + 1 })),
    places: bare.places.map((at) => at + 1),
    left: bare.left.map((at) => at + 1),
  };
}

/** The same for a file that has been parsed; it sets the parents of nodes. */
export function stripSource(source: ts.SourceFile, path: string, settings: PlanSettings): Stripped {
  const { text } = source;
  const marks = marksOf(source, path, settings);
  if (marks.length === 0) return { text, cuts: [], places: [], left: [] };
  const reading: Reading = { source, text, helpers: new Helpers(marks) };
  const { found, uses } = readingOf(reading);
  const cuts = found.flatMap((each) => each.cuts);
  const covered = covering(cuts);
  const left = uses.filter((use) => !covered(use.end));
  const remaining = new Set(left.map((use) => use.text));
  const all = [...cuts, ...marks.flatMap((mark) => importCuts(mark, remaining, reading))];
  return {
    text: withoutCuts(text, all),
    cuts: all,
    places: found.flatMap((each) => each.places),
    left: left.map((use) => use.getStart(source)),
  };
}

/** All that the codemod has written, and every use of a helper, by one walk. */
function readingOf(reading: Reading): {
  readonly found: readonly TakenOut[];
  readonly uses: readonly ts.Identifier[];
} {
  const found: TakenOut[] = [];
  const uses: ts.Identifier[] = [];
  const { locals } = reading.helpers;
  setParents(reading.source);
  const visit = (node: ts.Node): void => {
    if (reading.helpers.isMark(node)) return;
    if (ts.isIdentifier(node)) {
      if (locals.has(node.text) && !isMemberName(node, node.parent)) uses.push(node);
      return;
    }
    const form = formAt(node, reading);
    if (form !== undefined) found.push(form);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(reading.source, visit);
  return { found, uses };
}

function setParents(source: ts.SourceFile): void {
  const visit = (node: ts.Node, parent: ts.Node): void => {
    (node as { parent: ts.Node }).parent = parent;
    ts.forEachChild(node, (child) => {
      visit(child, node);
    });
  };
  ts.forEachChild(source, (child) => {
    visit(child, source);
  });
}

/** Tells whether what ends at an offset is cut out. */
function covering(cuts: readonly Cut[]): (at: number) => boolean {
  const sorted = [...cuts].sort((a, b) => a.start - b.start);
  let furthest = 0;
  const ends = sorted.map(({ end }) => (furthest = Math.max(furthest, end)));
  return (at) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return (ends[low - 1] ?? 0) >= at;
  };
}
