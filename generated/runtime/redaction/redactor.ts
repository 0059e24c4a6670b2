// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { assignmentRules } from './assignments.js';
import { keyJudge } from './key-names.js';
import { personalRules } from './personal-data.js';
import { feature, featuresOf, secretFeatures } from './prefilter.js';
import { noteRedaction } from './redaction-counter.js';
import type { RedactionSink } from './redaction-counter.js';
import { patternRule } from './rule.js';
import type { Rule } from './rule.js';
import { tokenNames, tokenRule } from './tokens.js';

export { redacted } from './rule.js';

/** What must not leave the process, beyond what the runtime knows by itself. */
export interface Redaction {
  /** Names of fields whose values are hidden. */
  readonly keys: readonly string[];
  /** Regular expressions whose matches are hidden. */
  readonly patterns: readonly string[];
}

/** Hides secrets in what is logged and traced. */
export interface Redactor {
  /** The text with every secret in it replaced. */
  text(text: string): string;
  /** Whether the value of a field has to be hidden whole. */
  hides(key: string, value: unknown): boolean;
  /** Whether a text is short, holds no secret, and stands in JSON as it is. Fast where the text came before. */
  isPlain(text: string): boolean;
}

/** The rules that every redactor has, in the order in which they are applied. */
export const builtInRules: readonly Rule[] = [tokenRule, ...assignmentRules, ...personalRules];

/** The name of the rule that hides fields by their names. */
const keyRule = 'key';
/** The name of the rules that come from the spec. */
const specRule = 'pattern';

/** The names that `onHidden` and the counter are told: register them where the counter's label is a registered one. */
export const redactionRules: readonly string[] = [
  ...new Set([...tokenNames, ...builtInRules.slice(1).map(({ name }) => name), keyRule, specRule]),
];

/** Texts up to this length are remembered once they have proven plain, so many of them. */
const longestRemembered = 128;
const rememberedTexts = 256;
/** Places for the texts that were asked for last: the lines of one request say much the same. */
const recentTexts = 64;
/** One new text in so many is remembered for longer: what comes often is soon there, what comes once hardly costs anything. */
const rememberedShare = 8;
const longestPlain = 4096;

/**
 * Makes a redactor. A pattern that is no regular expression hides every text, since what it should hide is unknown.
 * @param onHidden hears of each secret that was hidden; without it, it is counted where `countRedactions` says
 */
export function createRedactor(
  redaction: Redaction = { keys: [], patterns: [] },
  sink: RedactionSink = 'log',
  onHidden: (rule: string, sink: RedactionSink) => void = noteRedaction,
): Redactor {
  const judge = keyJudge(redaction.keys);
  const ownRules = redaction.patterns.map((pattern) => patternRule(specRule, 0, compiled(pattern)));
  const found = (rule: string): void => {
    onHidden(rule, sink);
  };
  // Two generations: what is still in use when the younger one is full moves over as it comes again.
  let young = new Set<string>();
  let old = new Set<string>();
  let proven = 0;
  const recent = new Array<string>(recentTexts).fill('');

  function isPlain(text: string): boolean {
    const { length } = text;
    if (length > longestRemembered) return length <= longestPlain && provesPlain(text);
    const place =
      (length * 7 + text.charCodeAt(length - 1) * 3 + text.charCodeAt(length >> 1)) & (recentTexts - 1);
    if (recent[place] === text) return true;
    if (!young.has(text)) {
      const isOld = old.has(text);
      if (!isOld && !provesPlain(text)) return false;
      proven += isOld ? 0 : 1;
      if (isOld || proven % rememberedShare === 0) remember(text);
    }
    recent[place] = text;
    return true;
  }

  function remember(text: string): void {
    if (young.size >= rememberedTexts) {
      old = young;
      young = new Set<string>();
    }
    young.add(text);
  }

  function provesPlain(text: string): boolean {
    const features = featuresOf(text);
    if ((features & feature.escape) !== 0) return false;
    if ((features & secretFeatures) !== 0)
      for (const rule of builtInRules) if ((rule.needs & features) !== 0 && rule.mayFind(text)) return false;
    for (const rule of ownRules) if (rule.mayFind(text)) return false;
    return true;
  }

  return {
    isPlain,
    text(text) {
      const clean = hide(text, featuresOf(text), found);
      return ownRules.reduce((rest, rule) => rule.hide(rest, found), clean);
    },
    hides(key, value) {
      const verdict = judge(key);
      // A number under a name like token_count is a measurement; only a name that says it all hides it.
      const isHidden =
        verdict === 'always' ||
        (verdict === 'text' && typeof value !== 'number' && typeof value !== 'boolean');
      if (isHidden) found(keyRule);
      return isHidden;
    },
  };
}

function hide(text: string, features: number, found: (rule: string) => void): string {
  if ((features & secretFeatures) === 0) return text;
  let clean = text;
  for (const rule of builtInRules) if ((rule.needs & features) !== 0) clean = rule.hide(clean, found);
  return clean;
}

/** RE2's leading flags are the one thing of it that JavaScript spells differently. */
function compiled(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  try {
    return new RegExp(flags === null ? pattern : pattern.slice(flags[0].length), `gu${flags?.[1] ?? ''}`);
  } catch {
    return /[^]+/g;
  }
}
