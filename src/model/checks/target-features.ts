import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { rangeIn } from '../../promql/query.js';
import { profileOf, type Support, type TargetProfile } from '../../targets/index.js';
import { featuresOf, type UsedFeature } from '../../targets/query-features.js';
import type { Query } from '../model.js';
import { isReplaced, keyRange } from './places.js';
import { queriesOf } from './query-list.js';
import type { CheckInput, Rule } from './rule.js';

interface Finding {
  readonly code: 'OBS3601' | 'OBS3602' | 'OBS3603';
  readonly message: string;
  readonly help: string;
}

function finding(
  profile: TargetProfile,
  version: string,
  what: string,
  support: Support,
): Finding | undefined {
  const way = 'instead' in support && support.instead !== undefined ? `write ${support.instead}` : undefined;
  switch (support.kind) {
    case 'known':
      return undefined;
    case 'newer':
      return {
        code: 'OBS3601',
        message: `${what} needs ${profile.titleOf(support.since)}, and the target has ${version}`,
        help: `${way ?? 'write the query without it'}, or raise \`target.prometheus.version\` once no older server is left`,
      };
    case 'unknown':
      return {
        code: 'OBS3602',
        message: `${profile.name} does not have ${what}`,
        help: way ?? 'write the query without it',
      };
    case 'flagged':
      return {
        code: 'OBS3603',
        message: `${what} is experimental: ${profile.name} refuses it unless it was allowed`,
        help: `${way ?? 'write the query without it'}; or ${profile.howToAllow}, and accept this with \`suppress\``,
      };
  }
}

/** As it stands in a sentence: functions in code, other syntax in words. */
function inWords(feature: string): string {
  return feature.endsWith('()') ? `\`${feature}\`` : feature;
}

function* used(
  input: CheckInput,
  profile: TargetProfile,
  query: Query,
  features: readonly UsedFeature[],
): Iterable<Diagnostic> {
  const seen = new Set<string>();
  for (const { feature, at } of features) {
    if (seen.has(feature)) continue;
    seen.add(feature);
    const { version } = input.model.target.prometheus;
    const found = finding(profile, version, inWords(feature), profile.support(feature));
    if (found === undefined) continue;
    yield diagnostic(found.code, {
      message: found.message,
      range: at === undefined ? query.text.range : rangeIn(query.text, at),
      related: targetOf(input, 'version'),
      help: found.help,
    });
  }
}

/** Where the target is written, if it is. */
function targetOf(input: CheckInput, key: 'version' | 'dialect'): Diagnostic['related'] {
  const { prometheus } = input.spec.target ?? {};
  if (prometheus === undefined) return [];
  const range = keyRange(input, 'target', 'prometheus', key);
  return [{ range, message: 'the target is declared here' }];
}

/** OBS3601, OBS3602, OBS3603: queries use nothing that the servers in use do not have. */
export const targetFeatures: Rule = function* (input) {
  if (isReplaced(input, '/target/prometheus', 'version', 'dialect')) return;
  const profile = profileOf(input.model.target.prometheus);
  for (const { query } of queriesOf(input.model)) {
    if (query.expr !== undefined)
      yield* used(input, profile, query, featuresOf(query.expr, query.text.value));
  }
};

/** OBS3604: rules have no keys that the servers in use do not know. */
export const targetKeys: Rule = function* (input) {
  if (isReplaced(input, '/target/prometheus', 'version', 'dialect')) return;
  const profile = profileOf(input.model.target.prometheus);
  const support = profile.support('keep_firing_for');
  if (support.kind !== 'newer') return;
  for (const { keepFiringFor, origin, repaired } of input.model.alerts.values()) {
    if (keepFiringFor === undefined || repaired.has('keepFiringFor')) continue;
    yield diagnostic('OBS3604', {
      message: `\`keepFiringFor\` needs ${profile.titleOf(support.since)}, and the target has ${input.model.target.prometheus.version}`,
      range: origin.of('keepFiringFor'),
      related: targetOf(input, 'version'),
      help: 'remove it, or raise `target.prometheus.version` once no older server is left',
    });
  }
};
