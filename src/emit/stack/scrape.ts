import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { certificateMount } from '../../stack/certificates.js';
import type { PartName } from '../../stack/parts.js';
import { collectorPorts } from '../../stack/ports.js';
import type { PrometheusPlace } from './prometheus.js';
import { clientTlsConfig } from './tls.js';

/** A place of which all is said. */
type KnownPlace = PrometheusPlace & Required<Pick<PrometheusPlace, 'parts' | 'fileOf'>>;

/** The label that a job's name becomes. */
const jobLabel = 'job';

/** What the service is called in Prometheus: as its selector says, or by its name. */
export function serviceJob(model: Model): string {
  return model.service.selector.get(jobLabel) ?? model.service.name;
}

/** What a part, or the page of the Collector that holds what it has counted of spans, is called in Prometheus. */
export function partJob(model: Model, part: PartName | 'spanMetrics'): string {
  const name = part === 'spanMetrics' ? 'span-metrics' : part;
  return name === serviceJob(model) ? `${name}-of-the-stack` : name;
}

/** Labels that the rules of the spec tell the service's series by, beside the name of the job. */
function serviceLabels(model: Model): Readonly<Record<string, string>> | undefined {
  const labels = [...model.service.selector].filter(([label]) => label !== jobLabel);
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
}

function service(model: Model, stack: Stack, place: KnownPlace): object {
  const { path, scheme, tokenFile, targets = place.targets } = stack.service;
  const isOwn = scheme === 'https' && stack.access.tls;
  return {
    job_name: serviceJob(model),
    metrics_path: path === '/metrics' ? undefined : path,
    scheme: scheme === 'http' ? undefined : scheme,
    authorization:
      tokenFile === undefined ? undefined : { type: 'Bearer', credentials_file: place.fileOf(tokenFile) },
    tls_config: isOwn ? clientTlsConfig(place.certificates ?? certificateMount) : undefined,
    static_configs: [{ targets: [...targets], labels: serviceLabels(model) }],
  };
}

/** Parts whose metrics page is never behind TLS: what a Collector, and Jaeger, which is one, tells of itself. */
const plainPages = new Set<PartName | 'spanMetrics'>(['collector', 'balancer', 'jaeger', 'gpu']);

/** Every address that a name stands for, where several containers answer to it. */
function allOf(address: string): object {
  const at = address.lastIndexOf(':');
  return { names: [address.slice(0, at)], type: 'A', port: Number(address.slice(at + 1)) };
}

function targetsOf(part: PartName | 'spanMetrics', stack: Stack, place: KnownPlace): object {
  const address = place.addressOf(part);
  const isOneOfMany = part === 'collector' || part === 'spanMetrics';
  return place.areNamesShared === true && isOneOfMany && stack.collector.instances > 1
    ? { dns_sd_configs: [allOf(address)] }
    : { static_configs: [{ targets: [address] }] };
}

/** The part whose certificate is shown where the metrics are. */
function serverOf(part: PartName | 'spanMetrics'): PartName {
  return part === 'spanMetrics' ? 'collector' : part;
}

function partScrape(model: Model, stack: Stack, place: KnownPlace, part: PartName | 'spanMetrics'): object {
  const isTls = stack.access.tls && !plainPages.has(part);
  const folder = place.certificates ?? certificateMount;
  return {
    job_name: partJob(model, part),
    // What was pushed says itself whose it is.
    honor_labels: part === 'pushgateway' ? true : undefined,
    scheme: isTls ? 'https' : undefined,
    tls_config: isTls ? clientTlsConfig(folder, serverOf(part)) : undefined,
    ...targetsOf(part, stack, place),
    relabel_configs: part === 'gpu' ? ownedByService(model) : undefined,
  };
}

/**
 * The GPU exporter has the metrics of the spec, which its rules and dashboards ask for with the labels of the service: what they read
 * has to carry them.
 */
function ownedByService(model: Model): readonly object[] | undefined {
  const { selector } = model.service;
  if (selector.size === 0) return undefined;
  return [...selector].map(([label, value]) => ({
    target_label: label,
    // A dollar sign begins a group of the expression.
    replacement: value.replaceAll('$', '$$$$'),
  }));
}

/** What is scraped: the service, each part, and what the Collectors have counted of spans. */
export function scrapeConfigs(model: Model, stack: Stack, place: KnownPlace): readonly object[] {
  const pages = place.parts.flatMap((part) =>
    part === 'collector' ? ([part, 'spanMetrics'] as const) : [part],
  );
  return [service(model, stack, place), ...pages.map((part) => partScrape(model, stack, place, part))];
}

/** The port of a part's metrics page. */
export function metricsPort(part: PartName | 'spanMetrics', apiPort: number): number {
  if (part === 'spanMetrics') return collectorPorts.spanMetrics;
  return part === 'collector' || part === 'balancer' || part === 'jaeger' ? collectorPorts.own : apiPort;
}
