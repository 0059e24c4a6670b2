import type { Match } from '../../../spec/spec.js';

/** A rule for `instrument.rules`, with the reasons for it. */
export interface ProposedRule {
  readonly name: string;
  readonly match: Match;
  readonly span: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** One line for each function that it is for. */
  readonly because: readonly string[];
}

/** A span that the spec does not have yet. */
export interface ProposedSpan {
  readonly name: string;
  readonly kind: 'internal' | 'client' | 'producer' | 'consumer';
  readonly description: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Proposal {
  readonly rules: readonly ProposedRule[];
  readonly spans: readonly ProposedSpan[];
  /** Functions that no rule can mean, with the reason. */
  readonly left: readonly string[];
}
