import type { ChangeClass } from '../../../model/model.js';
import { brokenClasses, changeClasses, type Change, type Reader } from '../change.js';
import type { Difference } from '../diff.js';
import { listed, signed } from '../values.js';

/** `1 change`, `3 changes`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Changes by what is to be done about them. */
export interface Grouped {
  readonly breaking: readonly Change[];
  readonly accepted: readonly Change[];
  readonly safe: readonly Change[];
}

export function grouped(changes: readonly Change[]): Grouped {
  const breaking = changes.filter((change) => brokenClasses(change).length > 0);
  const others = changes.filter((change) => brokenClasses(change).length === 0);
  const isAccepted = ({ allowance }: Change): boolean => allowance !== undefined;
  return {
    breaking,
    accepted: others.filter(isAccepted),
    safe: others.filter((change) => !isAccepted(change)),
  };
}

/** The heading of a report. */
export function headline({ changes }: Difference): string {
  const { breaking, accepted, safe } = grouped(changes);
  if (changes.length === 0) return 'nothing changed';
  const parts = [
    ...(breaking.length === 0 ? [] : [counted(breaking.length, 'breaking change')]),
    ...(accepted.length === 0 ? [] : [counted(accepted.length, 'accepted change')]),
    ...(safe.length === 0 ? [] : [counted(safe.length, 'safe change')]),
  ];
  return listed(parts);
}

/** What becomes of the number of series. */
export function seriesLine({ series: { before, after } }: Difference): string | undefined {
  if (before === after) return undefined;
  const plain = (value: number): string => signed(value).slice(1);
  return `${plain(before)} → ${plain(after)} series of one instance at worst (${signed(after - before)})`;
}

/** `before → after`, or the one that there is. */
export function transition({ kind, before, after }: Change): string | undefined {
  if (kind === 'added') return after;
  if (kind === 'removed') return before;
  if (before === undefined && after === undefined) return undefined;
  return `${before ?? 'not set'} → ${after ?? 'not set'}`;
}

/** The classes in which changes break something, each with how many do. */
export function classCounts(changes: readonly Change[]): readonly (readonly [ChangeClass, number])[] {
  return changeClasses
    .map((each) => [each, changes.filter((change) => brokenClasses(change).includes(each)).length] as const)
    .filter(([, count]) => count > 0);
}

/** A text on one line, cut off where it is longer than so many characters. */
export function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

export type Verdict = 'breaks' | 'accepted' | 'safe';

/** What becomes of those whom several changes concern: how many changes, by class and verdict. */
export function verdictsOf(
  changes: readonly Change[],
): readonly { readonly of: ChangeClass; readonly verdict: Verdict; readonly count: number }[] {
  return changeClasses.flatMap((of) => {
    const verdicts = changes.flatMap(({ consequences, allowance }): readonly Verdict[] => {
      const own = consequences.filter((each) => each.class === of);
      if (own.length === 0) return [];
      if (!own.some(({ breaking }) => breaking)) return ['safe'];
      return [allowance?.allow.includes(of) === true ? 'accepted' : 'breaks'];
    });
    return (['breaks', 'accepted', 'safe'] as const).flatMap((verdict) => {
      const count = verdicts.filter((each) => each === verdict).length;
      return count === 0 ? [] : [{ of, verdict, count }];
    });
  });
}

/** What reads the things that changed and is none of them: what stays, and has to do without. */
export function readersBeyond(changes: readonly Change[]): readonly Reader[] {
  const places = new Set(changes.map(({ at }) => at));
  const isOwn = ({ kind, name }: Reader): boolean => {
    switch (kind) {
      case 'alert':
        return places.has(`alerts.${name}`);
      case 'objective':
        return places.has(`slos.${name}`);
      case 'indicator':
        return places.has(`slis.${name}`);
      case 'panel':
        return [...places].some((at) => `dashboards.${name}`.startsWith(`${at} / `));
    }
  };
  const found = new Map<string, Reader>();
  for (const reader of changes.flatMap(({ hits }) => hits))
    if (!isOwn(reader)) found.set(`${reader.kind} ${reader.name}`, reader);
  return [...found.values()];
}
