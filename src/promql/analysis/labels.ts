/**
 * The labels of the series of a result: `closed` where there are certainly no others, open where the scrape may have added some.
 */
export interface LabelSet {
  readonly closed: boolean;
  readonly labels: ReadonlySet<string>;
  /** Those that every series has. */
  readonly sure: ReadonlySet<string>;
  /** Those of the sure ones that several series differ in. */
  readonly varying: ReadonlySet<string>;
  /** Those that one side of an `or` lacks. */
  readonly partial: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The labels of something that has none. */
export const unlabelled: LabelSet = { closed: true, labels: none, sure: none, varying: none, partial: none };

/** These labels and no others, none of them certain. */
export function closedSet(labels: Iterable<string>, sure: ReadonlySet<string> = none): LabelSet {
  return { closed: true, labels: new Set(labels), sure, varying: none, partial: none };
}

export function minus(labels: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> {
  if (!removed.some((label) => labels.has(label))) return labels;
  return new Set([...labels].filter((label) => !removed.includes(label)));
}

function among(labels: readonly string[], known: ReadonlySet<string> | undefined): ReadonlySet<string> {
  return known === undefined ? none : new Set(labels.filter((label) => known.has(label)));
}

/** The same series without some labels. */
export function dropping(set: LabelSet, removed: readonly string[]): LabelSet {
  return {
    closed: set.closed,
    labels: minus(set.labels, removed),
    sure: minus(set.sure, removed),
    varying: minus(set.varying, removed),
    partial: minus(set.partial, removed),
  };
}

/** Only these labels, where the series have them. */
export function keeping(set: LabelSet | undefined, kept: readonly string[]): LabelSet {
  return {
    closed: true,
    // What is kept and was dropped before is empty.
    labels: new Set(set?.closed === true ? kept.filter((label) => set.labels.has(label)) : kept),
    sure: among(kept, set?.sure),
    varying: among(kept, set?.varying),
    partial: among(kept, set?.partial),
  };
}

/** Some of the series: which of them are left, and how they differ, is not known. */
export function someOf(set: LabelSet | undefined): LabelSet | undefined {
  return set === undefined || set.varying.size === 0 ? set : { ...set, varying: none };
}

/** With one more label, which the series may have had. */
export function adding(set: LabelSet, label: string, isSure: boolean): LabelSet {
  return {
    ...set,
    labels: new Set([...set.labels, label]),
    sure: isSure ? new Set([...set.sure, label]) : set.sure,
    varying: minus(set.varying, [label]),
  };
}

function lacking(one: LabelSet, other: LabelSet): readonly string[] {
  return other.closed ? [...one.labels].filter((label) => !other.labels.has(label)) : [];
}

/** The series of either side. */
export function either(left: LabelSet | undefined, right: LabelSet | undefined): LabelSet | undefined {
  if (left === undefined || right === undefined) return undefined;
  return {
    closed: left.closed && right.closed,
    labels: new Set([...left.labels, ...right.labels]),
    sure: among([...left.sure], right.sure),
    varying: none,
    partial: new Set([...left.partial, ...right.partial, ...lacking(left, right), ...lacking(right, left)]),
  };
}

/** Both sides of a one-to-one match have the same labels: what either lacks for certain, the result lacks. */
export function common(left: LabelSet | undefined, right: LabelSet | undefined): LabelSet | undefined {
  if (left?.closed === true && right?.closed === true) return keeping(left, [...right.labels]);
  return left?.closed === true ? left : right?.closed === true ? right : left;
}
