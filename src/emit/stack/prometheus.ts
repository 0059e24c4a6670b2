import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { certificateMount } from '../../stack/certificates.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { compareVersions, parseVersion } from '../../targets/feature.js';
import { scrapeConfigs } from './scrape.js';
import { clientTlsConfig } from './tls.js';

/** What a Prometheus has to be told of the place that it runs at. */
export interface PrometheusPlace {
  /** Host and port of a part, as Prometheus reaches it; of its metrics page where that has a port of its own. */
  readonly addressOf: (part: PartName | 'spanMetrics') => string;
  /** The rule files, relative to the configuration or absolute. */
  readonly rulesGlob: string;
  /** Addresses of the service; those that the spec names go before them. */
  readonly targets: readonly string[];
  /** The parts that run here; all of the stack where it is left out. */
  readonly parts?: readonly PartName[];
  /** Where a file of the spec lies here: a token of `/run/secrets`. It stays where it is, where this is left out. */
  readonly fileOf?: (file: string) => string;
  /** The folder with Prometheus's certificate, where the parts speak TLS. */
  readonly certificates?: string;
  /** Whether a name of another part stands for several, each of which is scraped. */
  readonly areNamesShared?: boolean;
}

/** Samples with the id of a trace that are kept in memory, for all series together; 100 bytes each, or so. */
const maxExemplars = 100_000;

/** A scrape takes as long as this, or as the interval where that is shorter. Prometheus refuses a longer one. */
const usualTimeout = 10;

/** Native histograms are a setting, no longer a flag: https://github.com/prometheus/prometheus/releases/tag/v3.8.0 */
const nativeHistograms = [3, 8] as const;

/** Flags that Prometheus needs for what the configuration says. */
export const prometheusFeatures = ['exemplar-storage'] as const;

function alerting(model: Model, place: PrometheusPlace, isTls: boolean): object | undefined {
  const { parts = [], addressOf, certificates = certificateMount } = place;
  // Grafana evaluates the alerts then: whoever is told must be told once.
  if (!parts.includes('alertmanager') || model.target.grafana.alerts) return undefined;
  return {
    alertmanagers: [
      {
        scheme: isTls ? 'https' : undefined,
        tls_config: isTls ? clientTlsConfig(certificates, 'alertmanager') : undefined,
        static_configs: [{ targets: [addressOf('alertmanager')] }],
      },
    ],
  };
}

function remoteWrite(stack: Stack, fileOf: (file: string) => string): readonly object[] | undefined {
  const { remoteWrite: remote } = stack.metrics;
  if (remote === undefined) return undefined;
  const { tenant } = stack.access;
  return [
    {
      url: remote.url,
      headers: tenant === undefined ? undefined : { 'X-Scope-OrgID': tenant },
      authorization:
        remote.tokenFile === undefined
          ? undefined
          : { type: 'Bearer', credentials_file: fileOf(remote.tokenFile) },
      send_exemplars: true,
      send_native_histograms: true,
    },
  ];
}

/**
 * The configuration of Prometheus, for the oldest version that the spec names.
 * @param place addresses and files as they are where it runs
 */
export function prometheusConfig(model: Model, stack: Stack, place: PrometheusPlace): object {
  const { scrapeInterval, evaluationInterval, version } = model.target.prometheus;
  const known = { fileOf: (file: string) => file, parts: partsOf(model, stack), ...place };
  const isNative = compareVersions(parseVersion(version), nativeHistograms) >= 0;
  return {
    global: {
      scrape_interval: scrapeInterval.text,
      scrape_timeout: scrapeInterval.seconds < usualTimeout ? scrapeInterval.text : `${usualTimeout}s`,
      evaluation_interval: evaluationInterval.text,
      scrape_native_histograms: isNative ? true : undefined,
      // Rules and dashboards that read buckets go on to find them.
      always_scrape_classic_histograms: isNative ? true : undefined,
    },
    storage: { exemplars: { max_exemplars: maxExemplars } },
    rule_files: [place.rulesGlob],
    alerting: alerting(model, known, stack.access.tls),
    remote_write: remoteWrite(stack, known.fileOf),
    scrape_configs: scrapeConfigs(model, stack, known),
  };
}
