import type { Target } from '../model/service.js';
import type { Dialect } from './dialect.js';
import { parseVersion, supportAt, type Feature, type Support, type Version } from './feature.js';
import { history } from './history.js';
import { mimir } from './mimir.js';
import { prometheus } from './prometheus.js';
import { thanos } from './thanos.js';
import { victoriametrics } from './victoriametrics.js';

export type { Feature, Support, Version } from './feature.js';

const dialects: Readonly<Record<Target['prometheus']['dialect'], Dialect>> = {
  prometheus,
  mimir,
  thanos,
  victoriametrics,
};

/** What the oldest server in use can do. */
export interface TargetProfile {
  /** As it calls itself. */
  readonly name: string;
  /** What a version of it is, for messages: `Prometheus 2.42`, `Thanos with the language of Prometheus 2.48`, `VictoriaMetrics`. */
  titleOf(version: Version): string;
  support(feature: Feature): Support;
  /** Whether a feature can be used as the server is delivered, without a flag. */
  knows(feature: Feature): boolean;
  /** How an operator allows what `support` calls flagged, as the end of a sentence. */
  readonly howToAllow: string;
  /** Rules that one group may hold. */
  readonly largestGroup: number;
  /** Groups that one tenant may have as the server is delivered; undefined: any number. */
  readonly mostGroups: number | undefined;
  /** Whether rules that read one another must stand in different groups. */
  readonly splitsChains: boolean;
  /** Seconds that a query looks back for the last sample of a series. */
  readonly lookback: number;
}

/** The default of Prometheus (--query.lookback-delta), Mimir and Thanos, and of vmalert (-datasource.queryStep). */
const lookback = 300;

function titleOf(dialect: Dialect, [major, minor]: Version): string {
  const version = `${major}.${minor}`;
  switch (dialect.version) {
    case 'its-own':
      return `${dialect.name} ${version}`;
    case 'of-prometheus':
      return `${dialect.name} with the language of Prometheus ${version}`;
    case 'none':
      return dialect.name;
  }
}

/** Reads `target.prometheus`. */
export function profileOf({
  dialect: name,
  version: text,
}: Pick<Target['prometheus'], 'dialect' | 'version'>): TargetProfile {
  const dialect = dialects[name];
  const version = parseVersion(text);
  const support = (feature: Feature): Support => {
    const difference = dialect.differences.get(feature);
    if (difference === 'unknown') return { kind: 'unknown', instead: history.get(feature)?.instead };
    if (dialect.version === 'none') return { kind: 'known' };
    return supportAt(version, difference ?? history.get(feature));
  };
  return {
    name: dialect.name,
    titleOf: (of) => titleOf(dialect, of),
    support,
    knows: (feature) => support(feature).kind === 'known',
    howToAllow: dialect.howToAllow,
    largestGroup: dialect.largestGroup,
    mostGroups: dialect.mostGroups,
    splitsChains: dialect.splitsChains,
    lookback,
  };
}
