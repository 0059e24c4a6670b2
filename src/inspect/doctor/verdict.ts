/**
 * What a check came to. `not there`: the stack has nothing of the kind. `not asked`: it could not be found out, for a reason that another
 * check tells.
 */
export const verdicts = ['ok', 'warning', 'failed', 'not there', 'not asked'] as const;
export type Verdict = (typeof verdicts)[number];

/** A verdict, and what it rests on. */
export interface Outcome {
  readonly verdict: Verdict;
  /** One line. */
  readonly seen: string;
  /** The way out; only where there is something to do. */
  readonly todo?: string | undefined;
  /** What `seen` counts, one by one. */
  readonly details?: readonly string[] | undefined;
}

/** More than these are counted and not listed. */
const mostDetails = 20;

function listed(details: readonly string[]): readonly string[] | undefined {
  if (details.length === 0) return undefined;
  if (details.length <= mostDetails) return details;
  return [...details.slice(0, mostDetails), `and ${details.length - mostDetails} more`];
}

export function ok(seen: string, details: readonly string[] = []): Outcome {
  return { verdict: 'ok', seen, details: listed(details) };
}

export function warning(seen: string, todo: string, details: readonly string[] = []): Outcome {
  return { verdict: 'warning', seen, todo, details: listed(details) };
}

export function failed(seen: string, todo: string, details: readonly string[] = []): Outcome {
  return { verdict: 'failed', seen, todo, details: listed(details) };
}

export function notThere(seen: string): Outcome {
  return { verdict: 'not there', seen };
}

export function notAsked(seen: string): Outcome {
  return { verdict: 'not asked', seen };
}

/** `1 target`, `2 targets`. */
export function counted(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
