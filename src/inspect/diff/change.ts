import type { Allowance, ChangeClass } from '../../model/model.js';

/** The classes in the order in which they are reported. */
export const changeClasses: readonly ChangeClass[] = ['CODE', 'SERIES', 'QUERY', 'ALERT'];

/** What a change does to those who use one side of the telemetry. */
export interface Consequence {
  readonly class: ChangeClass;
  readonly breaking: boolean;
  /** Whom it concerns and how. */
  readonly text: string;
  /** What to do about it. */
  readonly help: string | undefined;
}

export type ReaderKind = 'alert' | 'panel' | 'objective' | 'indicator';

/** What reads a metric; a panel by its dashboard and title. */
export interface Reader {
  readonly kind: ReaderKind;
  readonly name: string;
}

export type ChangeKind = 'added' | 'removed' | 'changed' | 'renamed';

/** One difference between two specs. */
export interface Change {
  /** The place in the spec: `metrics.x_total.labels`. */
  readonly at: string;
  readonly kind: ChangeKind;
  /** As people read it; undefined where there was nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly consequences: readonly Consequence[];
  /** What reads the thing that changed, in the old spec or the new one. */
  readonly hits: readonly Reader[];
  /** Worst-case series of one instance that come or go; 0 where none do. */
  readonly series: number;
  /** The name that a removed metric seems to have got. */
  readonly renamedTo: string | undefined;
  /** The preset that came or went with it. */
  readonly preset: { readonly name: string; readonly kind: 'added' | 'removed' } | undefined;
  /** What the new spec says of it, where it accepts some of what breaks. */
  readonly allowance: Allowance | undefined;
}

/** A change as the parts of the comparison find it. */
export interface Draft {
  readonly at: string;
  readonly kind: ChangeKind;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly consequences?: readonly Consequence[];
  readonly hits?: readonly Reader[];
  readonly series?: number;
  readonly renamedTo?: string | undefined;
}

export function breaks(of: ChangeClass, text: string, help?: string): Consequence {
  return { class: of, breaking: true, text, help };
}

export function keeps(of: ChangeClass, text: string, help?: string): Consequence {
  return { class: of, breaking: false, text, help };
}

/** A change with every field filled in, consequences in the order of the classes. */
export function changeOf(draft: Draft): Change {
  const consequences = [...(draft.consequences ?? [])].sort(
    (a, b) => changeClasses.indexOf(a.class) - changeClasses.indexOf(b.class),
  );
  return {
    ...{ at: draft.at, kind: draft.kind, before: draft.before, after: draft.after },
    ...{ consequences, hits: draft.hits ?? [], series: draft.series ?? 0 },
    ...{ renamedTo: draft.renamedTo, preset: undefined, allowance: undefined },
  };
}

/** Classes in which a change breaks something that nobody has accepted. */
export function brokenClasses({ consequences, allowance }: Change): readonly ChangeClass[] {
  const broken = consequences.filter(({ breaking }) => breaking).map((each) => each.class);
  return changeClasses.filter((each) => broken.includes(each) && allowance?.allow.includes(each) !== true);
}

export function isBreaking(change: Change): boolean {
  return brokenClasses(change).length > 0;
}
