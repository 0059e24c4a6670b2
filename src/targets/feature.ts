/** A key of a rule file that not every server knows. */
export type RuleKey = 'keep_firing_for' | 'limit' | 'query_offset' | 'group labels';

/** Something in a query's text that not every server reads. */
export type QuerySyntax =
  | 'the modifier `@`'
  | 'a negative offset'
  | 'the operator `atan2`'
  | 'a name in quotes'
  | 'a number written as a duration'
  | 'a number with underscores'
  | `the aggregation \`${string}\``
  | `${string}()`;

/** How a server works where its predecessors worked in another way. */
export type Behaviour = 'left-open ranges' | 'normalised le';

export type Feature = RuleKey | QuerySyntax | Behaviour;

/** Major and minor: `[2, 42]`. */
export type Version = readonly [major: number, minor: number];

/** What became of a feature from version to version; where nothing is said of one, every server has had it all along. */
export interface History {
  /** Since when it can be had. */
  readonly since?: Version;
  /** Since when it needs no feature flag; absent where it always needs one. */
  readonly stableSince?: Version;
  /** Whether it needs, or once needed, a feature flag. */
  readonly flagged?: boolean;
  /** What to write in its place. */
  readonly instead?: string;
}

/** Whether the oldest server in use can do something. */
export type Support =
  | { readonly kind: 'known' }
  /** Only where an operator has allowed it. */
  | { readonly kind: 'flagged' }
  | { readonly kind: 'newer'; readonly since: Version; readonly instead: string | undefined }
  /** No version of it ever had it. */
  | { readonly kind: 'unknown'; readonly instead: string | undefined };

/** Negative, zero or positive, as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** `2.42` as a version. */
export function parseVersion(text: string): Version {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return [major, minor];
}

/** What a history comes down to for one version. */
export function supportAt(version: Version, history: History | undefined): Support {
  if (history === undefined) return { kind: 'known' };
  const { since, stableSince, flagged, instead } = history;
  if (since !== undefined && compareVersions(version, since) < 0) return { kind: 'newer', since, instead };
  if (flagged !== true) return { kind: 'known' };
  const isStable = stableSince !== undefined && compareVersions(version, stableSince) >= 0;
  return isStable ? { kind: 'known' } : { kind: 'flagged' };
}
