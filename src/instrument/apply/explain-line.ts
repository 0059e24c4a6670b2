import { ts } from 'ts-morph';
import type { Candidate } from '../candidate.js';
import { originOf } from '../file/strip/origin.js';
import type { Stripped } from '../file/strip/strip-file.js';
import type { ParsedFile } from '../find/parsed-file.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { ChosenPlace } from './chosen-places.js';
import { placeKeys } from './left-out.js';
import type { ExplainedPlace, Explanation, NamedPlace } from './stages.js';

/** Places that are named where the line has none. */
const mostNearest = 5;

/** A file as `--explain` looks at it. */
export interface ExplainedFile {
  /** The file's text as it is, without its byte order mark. */
  readonly text: string;
  /** Parsed without what the codemod has put in. */
  readonly file: ParsedFile;
  readonly stripped: Stripped;
  readonly candidates: readonly Candidate[];
  /** What came of the places that rules choose. */
  readonly chosen: readonly ChosenPlace[];
}

interface Located {
  readonly candidate: Candidate;
  readonly key: string;
  /** Lines of the head, from the name or the keyword to where the body begins. */
  readonly first: number;
  readonly last: number;
}

/** What each rule says of the functions and calls whose heads are at a line. */
export function explainLine(explained: ExplainedFile, rules: RuleSet, line: number): Explanation {
  const { text, file, stripped, candidates, chosen } = explained;
  const origin = originOf(stripped.cuts);
  const source = new SourceFile(file.path, text);
  const keyOf = placeKeys();
  const lineOf = (offset: number): number => source.position(origin(offset)).line;
  const located = candidates.map((candidate): Located => {
    const { from, to } = headOf(candidate, file.source);
    return { candidate, key: keyOf(candidate), first: lineOf(from), last: lineOf(to) };
  });
  const here = located.filter(({ first, last }) => first <= line && line <= last);
  const whole = rules.mayMatch(file.path, file.text)
    ? undefined
    : 'no rule can match in this file: its path is not meant, or the names that rules ask for do not occur in it';
  return {
    file: whole,
    places: here.map((each): ExplainedPlace => {
      const { candidate } = each;
      return {
        ...named(each),
        verdicts: rules.explain(candidate, file),
        outcome: outcomeOf(chosen.find(({ key }) => key === each.key)),
      };
    }),
    nearest: here.length > 0 ? [] : nearestTo(line, located).map(named),
  };
}

function named({ candidate: { kind, name, className }, first }: Located): NamedPlace {
  return { kind, name, className, line: first };
}

/** The part of a function or call that people point at. */
function headOf(
  { node, kind }: Candidate,
  source: ts.SourceFile,
): { readonly from: number; readonly to: number } {
  if (kind === 'call') return { from: node.getStart(source), to: node.expression.end };
  const { parent } = node;
  const isHeld =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  const from = (isHeld ? parent : node).getStart(source);
  const { body } = node;
  return { from, to: Math.max(from, (body?.getStart(source) ?? node.end) - 1) };
}

function nearestTo(line: number, located: readonly Located[]): readonly Located[] {
  const distance = ({ first, last }: Located): number => (line < first ? first - line : line - last);
  // Calls are everywhere: a function is what was meant, unless there is none.
  const functions = located.filter(({ candidate }) => candidate.kind !== 'call');
  return [...(functions.length > 0 ? functions : located)]
    .sort((a, b) => distance(a) - distance(b) || a.first - b.first)
    .slice(0, mostNearest);
}

function outcomeOf(chosen: ChosenPlace | undefined): string | undefined {
  if (chosen === undefined) return undefined;
  const { placed, skip } = chosen;
  if (skip !== undefined) return `left alone (${skip.code}): ${skip.message}`;
  if (placed === undefined) return undefined;
  return placed.isKept
    ? `instrumented already, as a ${placed.form}`
    : `to be instrumented, as a ${placed.form}`;
}
