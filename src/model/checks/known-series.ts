import { anomalyNames } from '../../alerts/names.js';
import { formerNames } from '../../renames/bridge.js';
import { recordedNames } from '../../slo/recorded-names.js';
import { hintsOfRun } from '../hints.js';
import { ownSeries } from '../own-series.js';
import { presetWith } from '../preset-index.js';
import { detectionCounter } from '../security-alerts.js';
import type { ExternalMetric, Metric, Model } from '../model.js';
import { seriesNamed, seriesNames, type Series } from '../series.js';
import { plainList, withArticle } from './words.js';

/** Series that every Prometheus has, whatever it scrapes. */
const ofPrometheus: ReadonlySet<string> = new Set([
  'up',
  'ALERTS',
  'ALERTS_FOR_STATE',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
  'scrape_timeout_seconds',
  'scrape_sample_limit',
  'scrape_body_size_bytes',
]);

/** How the names begin that rules of this spec record. */
const ofRules = /^sl[io]:|^slo_info$|^anomaly:/;

/** Names that the rules of this spec record; undefined where a fault that was reported hides them. */
function recordedBy(model: Model): ReadonlySet<string> | undefined {
  const names = recordedNames(model);
  if (names === undefined) return undefined;
  const isWatched = [...model.alerts.values()].some(({ condition }) => condition.form === 'anomaly');
  return new Set([...names, ...(isWatched ? Object.values(anomalyNames) : [])]);
}

/**
 * What a query may read beyond metrics of the spec: what Prometheus makes itself, what the runtime counts about itself, what the rules
 * of this spec record, and the count of security events.
 */
function isMadeElsewhere(
  name: string,
  model: Model,
  recorded: () => ReadonlySet<string> | undefined,
): boolean {
  return (
    ofPrometheus.has(name) ||
    ownSeries.has(name) ||
    (ofRules.test(name) && recorded()?.has(name) !== false) ||
    (name === detectionCounter && model.sections.security?.events !== undefined)
  );
}

/** Where names of queries lead, with the candidates for hints made once. */
export interface KnownSeries {
  find(name: string): Series | undefined;
  /** Whether the name is known without its labels being so. */
  isMadeElsewhere(name: string): boolean;
  /** The way out for a name that leads nowhere, and the name that was probably meant. */
  hint(name: string): { readonly help: string; readonly replacement: string | undefined };
}

const partSuffix = /_(bucket|sum|count)$/;

export function knownSeries(model: Model, presets: readonly string[]): KnownSeries {
  const hints = hintsOfRun();
  let names: string[] | undefined;
  const candidates = (): readonly string[] => {
    names ??= [...model.metrics.values(), ...model.external.values()].flatMap((each) => [
      ...seriesNames(each),
    ]);
    return names;
  };
  let recorded: { readonly names: ReadonlySet<string> | undefined } | undefined;
  /** Worked out for the first name that asks for it: most specs have none. */
  const ofThisSpec = (): ReadonlySet<string> | undefined => (recorded ??= { names: recordedBy(model) }).names;

  /** A name that is nearly right: the part of a metric that has no such part, or a histogram without a part. */
  const wrongPart = (name: string) => {
    const bare: Metric | ExternalMetric | undefined = model.metrics.get(name);
    if (bare?.type === 'histogram') {
      return {
        help: `\`${name}\` is a histogram: read \`${name}_bucket\`, \`${name}_sum\` or \`${name}_count\``,
        replacement: undefined,
      };
    }
    const metric = model.metrics.get(name.replace(partSuffix, ''));
    if (metric === undefined) return undefined;
    return {
      help: `\`${metric.name}\` is ${withArticle(metric.type)} and has no \`${partSuffix.exec(name)?.[0] ?? ''}\``,
      replacement: metric.name,
    };
  };

  /** The name of now of a series that is being renamed. */
  const newName = (name: string): string | undefined => {
    for (const metric of model.metrics.values())
      for (const [now, former] of formerNames(metric)) if (former === name) return now;
    return undefined;
  };

  return {
    find: (name) => seriesNamed(model, name),
    isMadeElsewhere: (name) => isMadeElsewhere(name, model, ofThisSpec),
    hint(name) {
      const now = newName(name);
      if (now !== undefined)
        return { help: `it is called \`${now}\` now: what reads that reads both names`, replacement: now };
      const part = wrongPart(name);
      if (part !== undefined) return part;
      const preset = presetWith('metrics', name) ?? presetWith('metrics', name.replace(partSuffix, ''));
      if (preset !== undefined && !presets.includes(preset)) {
        return {
          help: `it is part of the preset \`${preset}\`: add \`${preset}\` to \`presets\``,
          replacement: undefined,
        };
      }
      if (name.startsWith('obsgen_')) {
        const replacement = hints(name, [...ownSeries]);
        return { help: `the runtime counts ${plainList([...ownSeries])}`, replacement };
      }
      if (ofRules.test(name)) {
        const replacement = hints(name, [...(ofThisSpec() ?? [])]);
        const help =
          replacement === undefined
            ? 'no rule of this spec records it: what the rules of others record is declared under `external`'
            : `no rule of this spec records it: did you mean \`${replacement}\`?`;
        return { help, replacement };
      }
      const replacement = hints(name, candidates());
      if (replacement !== undefined) return { help: `did you mean \`${replacement}\`?`, replacement };
      return {
        help: 'declare it under `metrics`, or under `external` where another program exposes it',
        replacement: undefined,
      };
    },
  };
}
