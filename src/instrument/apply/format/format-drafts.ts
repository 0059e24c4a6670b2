import { join } from 'node:path';
import { diagnostic } from '../../../diagnostics/create.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import { shownPath } from '../../../output/paths.js';
import type { Codemod } from '../codemod.js';
import { bytesOf, type Draft } from '../draft.js';
import type { Place } from '../refusals.js';
import { hasSyntaxError } from '../syntax.js';
import { formatterChooser } from './choose.js';
import type { Formatter } from './formatter.js';
import { layOut } from './lay-out.js';

/** Drafts after the formatter had its way. */
export interface FormattedDrafts {
  /** Without those that are, once formatted, what is on disk already. */
  readonly drafts: readonly Draft[];
  /** How many files each formatter laid out. */
  readonly formatted: ReadonlyMap<string, number>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the formatter made of a draft, or why that cannot be taken. */
type Attempt = { readonly text: string } | { readonly refusal: string } | undefined;

/**
 * Lets each project's formatter lay out what was inserted. What it makes of a file is taken only where the promises still hold: taking the
 * insertions out and formatting gives the original bytes, and a second run changes nothing.
 * @param codemod absent where insertions are taken out, when there is nothing to promise
 */
export async function formatDrafts(
  place: Place,
  drafts: readonly Draft[],
  codemod: Codemod | undefined,
): Promise<FormattedDrafts> {
  const choose = formatterChooser();
  const groups = new Map<Formatter, Draft[]>();
  for (const draft of drafts) {
    const formatter = await choose(join(place.root, draft.path));
    if (formatter === undefined) continue;
    const group = groups.get(formatter);
    if (group === undefined) groups.set(formatter, [draft]);
    else group.push(draft);
  }
  const attempts = new Map<Draft, Attempt>();
  const formatted = new Map<string, number>();
  for (const [formatter, group] of groups) {
    for (const [draft, attempt] of await formatGroup(place, formatter, group, codemod)) {
      attempts.set(draft, attempt);
      if (attempt !== undefined && 'text' in attempt && attempt.text !== draft.before)
        formatted.set(formatter.name, (formatted.get(formatter.name) ?? 0) + 1);
    }
  }
  return {
    drafts: drafts
      .map((draft) => {
        const attempt = attempts.get(draft);
        return attempt !== undefined && 'text' in attempt ? { ...draft, after: attempt.text } : draft;
      })
      .filter(({ before, after }) => before !== after),
    formatted,
    diagnostics: drafts.flatMap((draft) => {
      const attempt = attempts.get(draft);
      return attempt !== undefined && 'refusal' in attempt
        ? [unformatted(place, draft, attempt.refusal)]
        : [];
    }),
  };
}

async function formatGroup(
  place: Place,
  formatter: Formatter,
  drafts: readonly Draft[],
  codemod: Codemod | undefined,
): Promise<ReadonlyMap<Draft, Attempt>> {
  const absolute = (path: string): string => join(place.root, path);
  const laidOut = await layOut(
    formatter,
    drafts.map(({ path, before, after }) => ({ path: absolute(path), before, after })),
  );
  const attempts = new Map<Draft, Attempt>();
  const open: Candidate[] = [];
  drafts.forEach((draft, index) => {
    const result = laidOut[index];
    if (result?.kind === 'ignored') attempts.set(draft, undefined);
    else if (result?.kind !== 'text') attempts.set(draft, { refusal: `${formatter.name} refused it` });
    else if (codemod === undefined || result.text === draft.after || result.text === draft.before)
      attempts.set(draft, { text: result.text });
    else if (hasSyntaxError(draft.path, result.text))
      attempts.set(draft, { refusal: `${formatter.name} made it unreadable` });
    else open.push({ draft, path: absolute(draft.path), text: result.text });
  });
  if (codemod === undefined || open.length === 0) return attempts;
  const irreversible = await notReversible(formatter, open, codemod);
  const unstable = await notStable(
    formatter,
    open.filter((each) => !irreversible.has(each)),
    codemod,
  );
  for (const each of open) {
    attempts.set(
      each.draft,
      irreversible.has(each)
        ? { refusal: `what ${formatter.name} makes of it could not be taken out again byte for byte` }
        : unstable.has(each)
          ? { refusal: `what ${formatter.name} makes of it would be changed again by the next run` }
          : { text: each.text },
    );
  }
  return attempts;
}

/** A formatted text that may be taken if the promises hold for it. */
interface Candidate {
  readonly draft: Draft;
  readonly path: string;
  readonly text: string;
}

/** Those from which the insertions do not come out so that the original is left, formatted as it was. */
async function notReversible(
  formatter: Formatter,
  candidates: readonly Candidate[],
  codemod: Codemod,
): Promise<ReadonlySet<Candidate>> {
  const open = candidates.flatMap((candidate) => {
    const { draft, text } = candidate;
    const stripped = codemod.strip(draft.path, bytesOf(text));
    const original = codemod.strip(draft.path, bytesOf(draft.before));
    return stripped === original ? [] : [{ candidate, stripped, original }];
  });
  const formatted = await formatter.format(
    open.flatMap(({ candidate: { path }, stripped, original }) => [
      { path, text: stripped },
      { path, text: original },
    ]),
  );
  return new Set(
    open.flatMap(({ candidate, original }, index) => {
      const [stripped, wanted] = formatted.slice(2 * index, 2 * index + 2);
      if (stripped?.kind !== 'text' || wanted?.kind !== 'text') return [candidate];
      // A file that nothing had been put into has to come back as it was, to the byte.
      const isUntouched = original === candidate.draft.before;
      return stripped.text === (isUntouched ? original : wanted.text) ? [] : [candidate];
    }),
  );
}

/** Those that a second run would change. */
async function notStable(
  formatter: Formatter,
  candidates: readonly Candidate[],
  codemod: Codemod,
): Promise<ReadonlySet<Candidate>> {
  const open = candidates.flatMap((candidate) => {
    const { draft, path, text } = candidate;
    const { after } = codemod.plan(draft.path, bytesOf(text), draft.leftOut);
    const again = text.startsWith('\uFEFF') && !after.startsWith('\uFEFF') ? `\uFEFF${after}` : after;
    return again === text ? [] : [{ candidate, layout: { path, before: text, after: again } }];
  });
  const laidOut = await layOut(
    formatter,
    open.map(({ layout }) => layout),
  );
  return new Set(
    open.flatMap(({ candidate }, index) => {
      const result = laidOut[index];
      return result?.kind === 'text' && result.text === candidate.text ? [] : [candidate];
    }),
  );
}

function unformatted(place: Place, draft: Draft, refusal: string): Diagnostic {
  return diagnostic('OBS5211', {
    message: `\`${shownPath(place.shown, draft.path)}\` was not formatted: ${refusal}`,
    range: undefined,
    help: 'its change is made without the formatter; `--format-code none` never asks it',
  });
}
