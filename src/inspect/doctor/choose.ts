import type { Check } from './check.js';

/** What is asked, and what is left out: ids of checks, or the word before their dot for all of a group. */
export interface Choice {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

function isMeant({ id }: Check, word: string): boolean {
  return id === word || id.startsWith(`${word}.`);
}

/** The first word that means no check. */
export function unknownWord(checks: readonly Check[], { only, skip }: Choice): string | undefined {
  return [...only, ...skip].find((word) => !checks.some((check) => isMeant(check, word)));
}

/** The checks that are asked for, and whether each part is there that they need: what cannot be asked has its reason beside it. */
export function chosen(checks: readonly Check[], { only, skip }: Choice): readonly Check[] {
  const wanted = checks.filter(
    (check) =>
      (only.length === 0 || only.some((word) => isMeant(check, word))) &&
      !skip.some((word) => isMeant(check, word)),
  );
  const needed = new Set(
    wanted.flatMap(({ needs, needsOneOf = [] }) => [...needs, ...needsOneOf]).map((name) => `ready.${name}`),
  );
  return checks.filter(
    (check) => wanted.includes(check) || (needed.has(check.id) && !skip.some((word) => isMeant(check, word))),
  );
}
