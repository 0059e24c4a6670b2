import type { Stack } from '../../model/stack.js';
import { configMount, webMount } from '../../stack/containers.js';
import type { PartName } from '../../stack/parts.js';
import { stackPaths } from '../../stack/paths.js';
import { pageUrl } from './environment.js';
import { literal } from './interpolation.js';
import { dataFolder } from './mounts.js';
import { prometheusFeatures } from './prometheus.js';

/** What Prometheus, Alertmanager and Pushgateway serve their pages by, where they ask for certificates. */
export const webConfigFile = `${webMount}/server.yaml`;

/** How long Alertmanager remembers silences that are over, and whom it has told: its own default, written down. */
const alertmanagerRetention = '120h';

/** Where the configuration of a part is in its container. */
function configFile(part: PartName & keyof typeof stackPaths): string {
  const path = stackPaths[part];
  return `${configMount(part)}/${path.slice(path.lastIndexOf('/') + 1)}`;
}

function web(stack: Stack): readonly string[] {
  return stack.access.tls ? [`--web.config.file=${webConfigFile}`] : [];
}

/** It takes no samples, no commands and no deletions: whoever reaches it can only read. */
function prometheus(stack: Stack): readonly string[] {
  return [
    `--config.file=${configFile('prometheus')}`,
    `--storage.tsdb.path=${dataFolder('prometheus') ?? ''}`,
    `--storage.tsdb.retention.time=${stack.metrics.retention.text}`,
    `--enable-feature=${prometheusFeatures.join(',')}`,
    `--web.external-url=${pageUrl(stack, 'prometheus')}`,
    // No page of another origin may read what it holds.
    `--web.cors.origin=${literal('^$')}`,
    ...web(stack),
  ];
}

function alertmanager(stack: Stack): readonly string[] {
  return [
    `--config.file=${configFile('alertmanager')}`,
    `--storage.path=${dataFolder('alertmanager') ?? ''}`,
    `--data.retention=${alertmanagerRetention}`,
    // There is one: it has nobody to gossip with.
    '--cluster.listen-address=',
    `--web.external-url=${pageUrl(stack, 'alertmanager')}`,
    ...web(stack),
  ];
}

function pushgateway(stack: Stack): readonly string[] {
  return [`--persistence.file=${dataFolder('pushgateway') ?? ''}/metrics`, ...web(stack)];
}

/** The arguments of a part's program; undefined: those of its image. */
export function commandOf(stack: Stack, part: PartName): readonly string[] | undefined {
  switch (part) {
    case 'prometheus':
      return prometheus(stack);
    case 'alertmanager':
      return alertmanager(stack);
    case 'pushgateway':
      return pushgateway(stack);
    case 'collector':
    case 'balancer':
    case 'jaeger':
      return [`--config=${configFile(part)}`];
    case 'loki':
    case 'tempo':
      return [`-config.file=${configFile(part)}`];
    case 'grafana':
    case 'gpu':
      return undefined;
  }
}
