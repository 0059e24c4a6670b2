import { ts } from 'ts-morph';
import type { Match } from '../../spec/spec.js';
import type { Candidate } from '../candidate.js';
import { globMatcher } from '../find/globs.js';
import type { Insertion } from '../insertion.js';
import { matchersOf, type Matcher } from './matchers.js';
import { Place } from './place.js';
import { factsIn, withFacts } from './place-facts.js';
import { prefilterOf } from './prefilter.js';
import { compiledRules, type CompiledRule } from './rule-data.js';
import type { ParsedFile } from '../find/parsed-file.js';
import type { RuleData, RuleSet, Verdict } from './rule-set.js';
import type { TypeFacts } from './type-facts.js';

/** A `match`, compiled once. */
interface Ready {
  readonly match: Match;
  readonly isInFile: (path: string) => boolean;
  readonly matchers: readonly Matcher[];
}

interface ReadyRule extends Ready {
  readonly index: number;
  readonly rule: CompiledRule;
  readonly not: readonly Ready[];
  readonly isForFunctions: boolean;
  readonly isForCalls: boolean;
  /** Whether what is made with `new` counts as a call. */
  readonly isForCreations: boolean;
  readonly hasFacts: boolean;
}

/** What can fit in a file, by its path and text; asked again for each of its functions. */
interface FileRules {
  readonly path: string;
  readonly text: string;
  readonly functions: readonly ReadyRule[];
  readonly calls: readonly ReadyRule[];
}

/**
 * Makes the rules ready to be asked.
 * @param types what only the compiler knows, for rules with `types: true`; without it they are decided by what the file itself says
 */
export function ruleSetOf(data: RuleData, types?: () => TypeFacts | undefined): RuleSet {
  const rules = compiledRules(data).map(readyRule);
  const prefilter = prefilterOf(rules.map(({ matchers }) => matchers.map(({ requires }) => requires)));
  const needsTypes = rules.some(({ match, not }) =>
    [match, ...not.map((each) => each.match)].some((each) => each.types === true),
  );
  let facts: TypeFacts | undefined;
  const typeFacts = (): TypeFacts | undefined => (needsTypes ? (facts ??= types?.()) : undefined);

  let latest: FileRules | undefined;
  let latestFile: ParsedFile | undefined;
  const rulesOf = (file: ParsedFile): FileRules => {
    // Not by the text, of which there may be two copies: they would be compared for each function.
    if (latest !== undefined && latestFile === file) return latest;
    latestFile = file;
    return rulesIn(file.path, file.text);
  };
  const rulesIn = (path: string, text: string): FileRules => {
    if (latest?.path === path && latest.text === text) return latest;
    const isThere = prefilter.inText(text);
    const possible = rules.filter((rule) => isMeantFile(rule, path) && isThere(rule.index));
    latest = {
      path,
      text,
      functions: possible.filter(({ isForFunctions }) => isForFunctions),
      calls: possible.filter(({ isForCalls }) => isForCalls),
    };
    return latest;
  };

  return {
    data,
    wantsCalls: rules.some(({ isForCalls, rule }) => isForCalls && rule.action !== 'leave'),
    needsTypes,
    mayMatch(path, text) {
      latestFile = undefined;
      const { functions, calls } = rulesIn(path, text);
      return functions.some(doesSomething) || calls.some(doesSomething);
    },
    decide(candidate, file) {
      const { functions, calls } = rulesOf(file);
      const possible = candidate.kind === 'call' ? calls : functions;
      if (possible.length === 0) return undefined;
      const isCreation = candidate.node.kind === ts.SyntaxKind.NewExpression;
      if (isCreation && !possible.some(({ isForCreations }) => isForCreations)) return undefined;
      const place = new Place(candidate, file, typeFacts());
      const winner = possible.find((rule) => (!isCreation || rule.isForCreations) && fits(rule, place));
      return winner === undefined || winner.rule.action === 'leave'
        ? undefined
        : insertionFor(winner, candidate);
    },
    explain(candidate, file) {
      const place = new Place(candidate, file, typeFacts());
      const isThere = prefilter.inText(file.text);
      return rules.map((rule): Verdict => {
        const because =
          whyNot(rule, place) ?? (isThere(rule.index) ? '' : 'its name is written with escapes');
        return { rule: rule.rule.label, fits: because === '', because };
      });
    },
  };
}

/** Keys that say where something stands and not what it is: a rule with `leave` and no others means functions and calls of all kinds. */
const placeKeys: ReadonlySet<string> = new Set([
  'file',
  'class',
  'extends',
  'implements',
  'imports',
  'types',
]);

const doesSomething = ({ rule }: ReadyRule): boolean => rule.action !== 'leave';

function readyRule(rule: CompiledRule, index: number): ReadyRule {
  const { match } = rule;
  const isForAll = rule.action === 'leave' && Object.keys(match).every((key) => placeKeys.has(key));
  return {
    ...ready(match, isForAll),
    index,
    rule,
    not: rule.not.map((each) => ready(each)),
    isForFunctions: match.call === undefined,
    isForCalls: isForAll || match.call !== undefined,
    isForCreations: rule.action === 'context' || rule.action === 'leave',
    hasFacts: factsIn(rule.insertion),
  };
}

function ready(match: Match, isForAll = false): Ready {
  const isInFile = match.file === undefined ? () => true : globMatcher([match.file]);
  const matchers = matchersOf(match).filter(({ key }) => !isForAll || key !== 'kind');
  return { match, isInFile, matchers };
}

/** Whether the rule is for the file; an exclusion by nothing but the file decides that as well. */
function isMeantFile(rule: ReadyRule, path: string): boolean {
  return rule.isInFile(path) && !rule.not.some((each) => isOnlyFile(each.match) && each.isInFile(path));
}

const isOnlyFile = (match: Match): boolean => match.file !== undefined && Object.keys(match).length === 1;

function fits(rule: ReadyRule, place: Place): boolean {
  if (!rule.matchers.every((matcher) => matcher.fits(place))) return false;
  return !rule.not.some((each) => isExcluded(each, place));
}

/** What is left out has the kinds of the rule itself, unless it says others. */
function isExcluded({ match, isInFile, matchers }: Ready, place: Place): boolean {
  return (
    isInFile(place.file.path) && matchers.every((matcher) => isImplied(matcher, match) || matcher.fits(place))
  );
}

const isImplied = ({ key }: Matcher, match: Match): boolean => key === 'kind' && match.kind === undefined;

/** The key that decided, and the fact; undefined where the rule fits. */
function whyNot(rule: ReadyRule, place: Place): string | undefined {
  const { path } = place.file;
  if (place.candidate.node.kind === ts.SyntaxKind.NewExpression && !rule.isForCreations)
    return 'call: it is made with `new`, which only rules with `context` mean';
  if (!rule.isInFile(path)) return `file: \`${path}\` does not match \`${rule.match.file ?? ''}\``;
  const failed = rule.matchers.find((matcher) => !matcher.fits(place));
  if (failed !== undefined) return `${failed.key}: ${failed.because(place)}`;
  const excluding = rule.not.find((each) => isExcluded(each, place));
  if (excluding === undefined) return undefined;
  return `not: ${Object.keys(excluding.match).join(', ')} ${Object.keys(excluding.match).length === 1 ? 'fits' : 'fit'}`;
}

function insertionFor({ rule, hasFacts }: ReadyRule, candidate: Candidate): Insertion {
  return hasFacts ? withFacts(rule.insertion, candidate) : rule.insertion;
}
