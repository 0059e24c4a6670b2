/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/** Hears of each secret that was hidden, by the name of the rule that found it. */
export type Found = (rule: string) => void;

/** One way to recognise secrets in a text. Its time grows no faster than the text. */
export interface Rule {
  readonly name: string;
  /** Of these features (see prefilter.ts) the text has at least one wherever the rule finds something. */
  readonly needs: number;
  /** The text without what the rule finds. */
  readonly hide: (text: string, found: Found) => string;
  /** Whether `hide` might find something: quick, and never false where it does. */
  readonly mayFind: (text: string) => boolean;
  /** What is hidden, where a regular expression alone says it: whoever passes telemetry on hides it once more. */
  readonly pattern?: RegExp;
}

/** The question whether a regular expression with the flag g matches at all. */
export function matches(pattern: RegExp): (text: string) => boolean {
  const once = new RegExp(pattern.source, pattern.flags.replace('g', ''));
  return (text) => once.test(text);
}

/**
 * A rule of one regular expression with the flag g.
 * @param pattern its first group, where it has one, is what stands before the secret and stays
 * @param holds whether a match is a secret after all
 */
export function patternRule(
  name: string,
  needs: number,
  pattern: RegExp,
  holds?: (match: string) => boolean,
): Rule {
  return {
    name,
    needs,
    mayFind: matches(pattern),
    ...(holds === undefined ? { pattern } : {}),
    hide: (text, found) =>
      text.replace(pattern, (match: string, before: unknown) => {
        if (match === '' || (holds !== undefined && !holds(match))) return match;
        found(name);
        return typeof before === 'string' ? before + redacted : redacted;
      }),
  };
}
