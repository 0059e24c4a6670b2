import type { ts } from 'ts-morph';
import type { Candidate } from '../candidate.js';
import { candidatesOf } from '../find/candidates.js';
import { parseFile } from '../find/parse-file.js';
import type { ParsedFile } from '../find/parsed-file.js';
import type { Chosen } from '../insertion.js';
import { FileFacts } from './context.js';
import type { FilePlan, PlacedInsertion, PlanSettings, SkippedInsertion } from './file-plan.js';
import { lineCounter } from './line-counter.js';
import { placeName } from './place-name.js';
import { refusedFile } from './refused-file.js';
import { composeSound } from './sound.js';
import { originOf } from './strip/origin.js';
import { stripSource, type Stripped } from './strip/strip-file.js';
import { sameCode } from './strip/same-code.js';

/**
 * What is to happen to a file: what the codemod has put into it is taken out first, then the rules are followed anew. If that gives the
 * file as it is, be it with lines that a formatter has broken otherwise, there is nothing to do.
 * Throws a `FileFault` where the file cannot be parsed.
 */
export function planFile(
  input: { readonly path: string; readonly bytes: Buffer },
  settings: PlanSettings,
): FilePlan {
  const { path } = input;
  const given = parseFile(path, input.bytes);
  const mark = given.hasByteOrderMark ? '\uFEFF' : '';
  const before = mark + given.text;
  const stripped = stripSource(given.source, path, settings);
  const file =
    stripped.text === given.text
      ? given
      : { ...parseFile(path, stripped.text), hasByteOrderMark: given.hasByteOrderMark };
  const planned = insertions(file, settings);
  const isSame =
    planned.text === given.text || (stripped.cuts.length > 0 && sameCode(planned.text, given.source));
  const result: Result = { before, after: isSame ? before : mark + planned.text, stripped, ...planned };
  return filePlan(path, given, result);
}

interface Insertions {
  readonly text: string;
  readonly source: ts.SourceFile;
  readonly chosen: readonly Chosen[];
  readonly results: ReturnType<typeof composeSound>['results'];
  readonly functions: number;
}

interface Result extends Insertions {
  readonly before: string;
  readonly after: string;
  readonly stripped: Stripped;
}

function insertions(file: ParsedFile, settings: PlanSettings): Insertions {
  const { rules } = settings;
  const candidates = candidatesOf(file, rules.wantsCalls);
  const chosen: Chosen[] = [];
  for (const candidate of candidates) {
    const insertion = rules.decide(candidate, file);
    if (insertion !== undefined) chosen.push({ candidate, insertion });
  }
  const functions = countFunctions(candidates, rules.wantsCalls);
  if (chosen.length === 0) return { text: file.text, source: file.source, chosen, results: [], functions };
  const facts = new FileFacts(file.source, file.path, settings);
  const refused = refusedFile(facts);
  if (refused !== undefined) {
    const results = chosen.map(({ candidate }) => {
      const start = candidate.node.getStart(file.source);
      return { skip: { ...refused, start, end: start + 1 } };
    });
    return { text: file.text, source: file.source, chosen, results, functions };
  }
  return { ...composeSound(facts, chosen, settings.verify === true), source: file.source, chosen, functions };
}

function countFunctions(candidates: readonly Candidate[], hasCalls: boolean): number {
  if (!hasCalls) return candidates.length;
  let count = 0;
  for (const { kind } of candidates) if (kind !== 'call') count += 1;
  return count;
}

function filePlan(path: string, given: ParsedFile, result: Result): FilePlan {
  const { before, after, source, stripped, chosen, results, functions } = result;
  const origin = originOf(stripped.cuts);
  const lineOf = lineCounter(given.text);
  const kept = new Set(stripped.places);
  const placed: PlacedInsertion[] = [];
  const skipped: SkippedInsertion[] = [];
  for (const [choice, { candidate, insertion }] of chosen.entries()) {
    const { rule } = insertion;
    const outcome = results[choice];
    if (outcome === undefined) continue;
    if ('skip' in outcome) {
      const { skip } = outcome;
      skipped.push({ ...skip, start: origin(skip.start), end: origin(skip.end), rule, choice });
      continue;
    }
    const at = origin(candidate.node.getStart(source));
    const isKept = after === before || kept.has(at);
    placed.push({ place: placeName(candidate), line: lineOf(at), rule, form: outcome.form, isKept, choice });
  }
  return { path, before, after, placed, skipped, functions };
}
