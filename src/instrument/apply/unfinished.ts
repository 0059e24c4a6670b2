import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { shownPath } from '../../output/paths.js';
import { withoutMark, type Draft } from './draft.js';
import { changesOf, linesOf } from './lines.js';
import type { Place } from './refusals.js';

/** OBS5208 at the first line of a file that would change. */
export function unfinished(place: Place, { path, before, after, plan }: Draft, remove: boolean): Diagnostic {
  const shown = shownPath(place.shown, path);
  const source = new SourceFile(shown, withoutMark(before));
  const [first] = changesOf(linesOf(before), linesOf(after));
  const fresh = plan.placed.filter(({ isKept }) => !isKept);
  const line = remove || fresh.length === 0 ? (first?.from ?? 0) : (fresh[0]?.line ?? 1) - 1;
  const start = source.lineStarts[Math.min(line, source.lineStarts.length - 1)] ?? 0;
  const end = start + source.line(line + 1).length;
  return diagnostic('OBS5208', {
    message: factOf(
      shown,
      fresh.map((each) => each.place),
      remove,
    ),
    range: { source, start, end },
    help: `run \`obs-gen instrument${remove ? ' --remove' : ''}\` and commit what it changes`,
  });
}

function factOf(shown: string, places: readonly string[], remove: boolean): string {
  if (remove) return `\`${shown}\` has instrumentation that would be removed`;
  const [first] = places;
  if (first === undefined) return `\`${shown}\` is not what the rules make of it`;
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  return `\`${first}\`${more} in \`${shown}\` ${places.length > 1 ? 'fit rules and are' : 'fits a rule and is'} not instrumented`;
}
