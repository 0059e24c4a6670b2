import { isDiagnosticCode, catalogueEntry, type DiagnosticCode } from '../../diagnostics/catalogue.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { Located, LocatedMap } from '../../spec/located.js';
import type { Model, Suppression } from '../model.js';
import { withoutReplaced } from '../replaced.js';
import { impossibleDay, isDay } from './deprecation.js';
import type { CheckInput } from './rule.js';

/**
 * Errors that leave something behind that can be compiled: names and budgets that break a rule, objectives that say less than they seem
 * to. All others leave a hole, and accepting them would change nothing.
 */
const suppressibleErrors: ReadonlySet<DiagnosticCode> = new Set([
  'OBS3010',
  'OBS3025',
  'OBS3111',
  'OBS3114',
  'OBS3118',
  'OBS3122',
  'OBS3124',
  'OBS3133',
  'OBS3134',
  'OBS3137',
  'OBS3138',
  'OBS3140',
  'OBS3141',
  'OBS3142',
  'OBS3143',
  'OBS3150',
  'OBS3151',
  'OBS3152',
  'OBS3204',
  'OBS3206',
  'OBS3207',
  'OBS3301',
  'OBS3401',
  'OBS3403',
  'OBS3504',
]);

/** Findings about suppressions themselves, about secrets, and those that are not about the spec. */
const neverSuppressible = /^OBS(?:305|39|[4-9])/;

/** What has the wrong shape or leads nowhere: the rules are silent about the entry that it stands in. */
const hiding = /^OBS(?:[12]|300)/;

/** Whether a finding can be accepted with `suppress`. */
export function isSuppressible(code: DiagnosticCode): boolean {
  if (neverSuppressible.test(code)) return false;
  return catalogueEntry(code).severity !== 'error' || suppressibleErrors.has(code);
}

/**
 * Findings of `live-check` that are about an entry of the spec. What the spec does not know has no place in it that `at` could name, and
 * secrets are never accepted.
 */
const ofLiveCheck: ReadonlySet<DiagnosticCode> = new Set([
  'OBS6012',
  'OBS6013',
  'OBS6014',
  'OBS6015',
  'OBS6016',
  'OBS6017',
  'OBS6021',
  'OBS6022',
  'OBS6023',
  'OBS6024',
  'OBS6025',
  'OBS6026',
  'OBS6031',
  'OBS6032',
  'OBS6033',
  'OBS6042',
  'OBS6043',
  'OBS6044',
  'OBS6052',
  'OBS6053',
  'OBS6054',
]);

/** Whether a finding about a running service can be accepted with `suppress`. */
export function isSuppressibleLive(code: DiagnosticCode): boolean {
  return ofLiveCheck.has(code);
}

/** Where `at` leads: the key that names the place, and what stands there. Names may have dots in them, so every split is tried. */
function find(
  map: LocatedMap,
  words: readonly string[],
): { readonly key: Range; readonly value: Located } | undefined {
  for (let length = words.length; length > 0; length -= 1) {
    const entry = map.entries.get(words.slice(0, length).join('.'));
    if (entry === undefined) continue;
    const rest = words.slice(length);
    const below =
      rest.length === 0 ? { key: entry.key.range, value: entry.value } : within(entry.value, rest);
    if (below !== undefined) return below;
  }
  return undefined;
}

function within(value: Located, words: readonly string[]): ReturnType<typeof find> {
  if (value.kind === 'map') return find(value, words);
  if (value.kind !== 'sequence') return undefined;
  const [index = '', ...rest] = words;
  const item = /^[0-9]+$/.test(index) ? value.items[Number(index)] : undefined;
  if (item === undefined) return undefined;
  return rest.length === 0 ? { key: item.range, value: item } : within(item, rest);
}

function contains(outer: Range, inner: Range): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether a range lies in a value; parts of a merged value may stand in other files than the whole. */
function covers(value: Located, range: Range): boolean {
  if (contains(value.range, range)) return true;
  if (value.kind === 'map') {
    return [...value.entries.values()].some(
      (entry) => contains(entry.key.range, range) || covers(entry.value, range),
    );
  }
  return value.kind === 'sequence' && value.items.some((item) => covers(item, range));
}

/** An entry of `suppress` that can accept something. */
export interface Acceptance {
  readonly suppression: Suppression;
  readonly code: DiagnosticCode;
  readonly isAt: (range: Range) => boolean;
}

/** What a suppression accepts, or what is wrong with it. */
function acceptanceOf(suppression: Suppression, root: LocatedMap): Acceptance | Diagnostic {
  const { code, at, origin } = suppression;
  if (!isDiagnosticCode(code)) {
    return diagnostic('OBS3053', {
      message: `there is no finding with the code ${code}`,
      range: origin.of('code'),
      help: 'remove the entry, or correct the code',
    });
  }
  if (!isSuppressible(code) && !isSuppressibleLive(code)) {
    return diagnostic('OBS3052', {
      message: `${code} cannot be suppressed: ${catalogueEntry(code).title}`,
      range: origin.of('code'),
      help: 'remove the entry, and mend what the finding says',
    });
  }
  const place = find(root, at.split('.'));
  if (place === undefined) {
    return diagnostic('OBS3053', {
      message: `there is nothing at \`${at}\``,
      range: origin.of('at'),
      help: 'name an entry by its section and name, `alerts.QueueGrowing`, or a key in it, `metrics.x_total.labels`',
    });
  }
  return { suppression, code, isAt: (range) => contains(place.key, range) || covers(place.value, range) };
}

/** What is left to say of a suppression that accepted some of the findings, or none. */
function leftover(
  { suppression, code, isAt }: Acceptance,
  isHit: boolean,
  findings: readonly Diagnostic[],
  today: string,
): Diagnostic | undefined {
  const { until, origin } = suppression;
  if (until !== undefined && !isDay(until)) return impossibleDay(until, origin.of('until'));
  // Nobody knows of a running service here.
  if (isSuppressibleLive(code)) return undefined;
  if (!isHit) {
    // What is accepted may well be there again when the error is mended.
    const isHidden = findings.some(
      (each) => each.severity === 'error' && hiding.test(each.code) && each.range && isAt(each.range),
    );
    return isHidden ? undefined : idle(suppression);
  }
  return expired(suppression, today);
}

/** OBS3050: nothing is there that an entry accepts. */
export function idle({ code, at, origin }: Suppression): Diagnostic {
  return diagnostic('OBS3050', {
    message: `${code} does not occur at \`${at}\``,
    range: origin.of('at'),
    help: 'remove the entry',
  });
}

/** OBS3051 for an entry that accepts something, and whose day has come. */
export function expired(
  { code, at, until, reason, origin }: Suppression,
  today: string,
): Diagnostic | undefined {
  if (until === undefined || until > today) return undefined;
  return diagnostic('OBS3051', {
    message: `the suppression of ${code} at \`${at}\` ended on ${until}`,
    range: origin.of('until'),
    help: `mend the finding, or accept it anew; the reason was: ${reason}`,
  });
}

/** The entries of `suppress` that can accept something, and what is wrong with the others. */
export function acceptancesOf(
  { suppressions }: Pick<Model, 'suppressions'>,
  root: LocatedMap,
): { readonly acceptances: readonly Acceptance[]; readonly faults: readonly Diagnostic[] } {
  const acceptances: Acceptance[] = [];
  const faults: Diagnostic[] = [];
  for (const suppression of suppressions) {
    const acceptance = acceptanceOf(suppression, root);
    if ('severity' in acceptance) faults.push(acceptance);
    else acceptances.push(acceptance);
  }
  return { acceptances, faults };
}

/**
 * Takes out the findings that the spec accepts, and adds what is to be said of the suppressions themselves: those that no longer
 * suppress anything, have come to their end, or name nothing.
 * @param findings of all stages: one that is not among them does not occur
 * @param notLookedFor codes that nobody has looked for yet: what suppresses them is not idle
 */
export function applySuppressions(
  findings: readonly Diagnostic[],
  model: Model,
  { loaded, today }: Pick<CheckInput, 'loaded' | 'today'>,
  notLookedFor: ReadonlySet<string> = new Set(),
): readonly Diagnostic[] {
  if (model.suppressions.length === 0) return findings;
  const { acceptances, faults } = acceptancesOf(model, loaded.root);
  const about = [...faults];
  const hits = new Set<Acceptance>();
  const kept = findings.filter(({ code, range }) => {
    if (range === undefined) return true;
    const fitting = acceptances.filter((each) => each.code === code && each.isAt(range));
    for (const each of fitting) hits.add(each);
    return !fitting.some(({ suppression: { until } }) => until === undefined || until > today);
  });
  for (const each of acceptances) {
    if (notLookedFor.has(each.code)) continue;
    const found = leftover(each, hits.has(each), findings, today);
    if (found !== undefined) about.push(found);
  }
  return [...kept, ...withoutReplaced(about, loaded)];
}
