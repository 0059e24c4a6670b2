import { posix } from 'node:path';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { certificateMount, certificatesPath } from '../../stack/certificates.js';
import { configMount, webMount } from '../../stack/containers.js';
import type { PartName } from '../../stack/parts.js';
import { allDashboards } from '../../dashboards/index.js';
import { stackPaths } from '../../stack/paths.js';
import { grafanaProvisioning } from '../grafana-provisioning/emitter.js';
import { collectorDirectory } from './collector/index.js';
import { jaegerData } from './jaeger.js';
import { lokiData } from './loki.js';
import { literal } from './interpolation.js';
import { logFolders } from './log-folders.js';
import { tempoData } from './tempo.js';

/** A mount as compose files have it. */
export type Mount = Readonly<Record<string, unknown>>;

/** A path of the output, as the compose file finds it. */
export function fromCompose(path: string): string {
  const found = posix.relative(posix.dirname(stackPaths.compose), path);
  return found.startsWith('.') ? found : `./${found}`;
}

/** Read-only. What is not there is an error: Docker would make an empty folder, which belongs to root. */
function folder(source: string, target: string): Mount {
  return { type: 'bind', source, target, read_only: true, bind: { create_host_path: false } };
}

/** Of the output. */
function output(path: string, target: string): Mount {
  return folder(fromCompose(path), target);
}

/** Where each part keeps what must outlive its container: the one folder that its image gives to its user, or any for root. */
const dataFolders: Readonly<Partial<Record<PartName, string>>> = {
  prometheus: '/prometheus',
  alertmanager: '/alertmanager',
  grafana: '/var/lib/grafana',
  collector: collectorDirectory,
  balancer: collectorDirectory,
  loki: lokiData,
  tempo: tempoData,
  jaeger: jaegerData,
  pushgateway: '/pushgateway',
};

/** The folder of a part's data in its container. */
export function dataFolder(part: PartName): string | undefined {
  return dataFolders[part];
}

/** Parts of which several containers are made: their volumes have no name, so that each has one of its own. */
function isMany(stack: Stack, part: PartName): boolean {
  return part === 'collector' && stack.collector.instances > 1;
}

/** The names of the volumes of a stack. */
export function volumesOf(stack: Stack, parts: readonly PartName[]): readonly PartName[] {
  return parts.filter((part) => dataFolders[part] !== undefined && !isMany(stack, part));
}

function data(stack: Stack, part: PartName): readonly Mount[] {
  const target = dataFolders[part];
  if (target === undefined) return [];
  return [isMany(stack, part) ? { type: 'volume', target } : { type: 'volume', source: part, target }];
}

function certificate(stack: Stack, part: PartName): readonly Mount[] {
  return stack.access.tls ? [output(`${certificatesPath}/${part}`, certificateMount)] : [];
}

/** The folder of `web.yaml` and `client.yaml`. */
export const webFolder = 'stack/web';

function web(stack: Stack): readonly Mount[] {
  return stack.access.tls ? [output(webFolder, webMount)] : [];
}

function grafana(model: Model): readonly Mount[] {
  const hasProvisioning = grafanaProvisioning.files(model).length > 0;
  const hasDashboards = allDashboards(model).length > 0;
  const { dashboardsPath } = model.target.grafana;
  return [
    ...(hasProvisioning ? [output(stackPaths.provisioning, '/etc/grafana/provisioning')] : []),
    ...(hasDashboards ? [output(stackPaths.dashboards, dashboardsPath)] : []),
  ];
}

function configuration(model: Model, stack: Stack, part: PartName): readonly Mount[] {
  const own = (path: string): Mount => output(posix.dirname(path), configMount(part));
  switch (part) {
    case 'prometheus':
      return [own(stackPaths.prometheus), ...web(stack)];
    case 'alertmanager':
      return [own(stackPaths.alertmanager), ...web(stack)];
    case 'pushgateway':
      return web(stack);
    case 'grafana':
      return grafana(model);
    case 'collector':
    case 'balancer':
      return [
        own(stackPaths[part]),
        ...logFolders(model, stack, part).map(({ source, target }) => folder(source, literal(target))),
      ];
    case 'loki':
    case 'tempo':
    case 'jaeger':
      return [own(stackPaths[part])];
    case 'gpu':
      return [];
  }
}

/** Everything that the container of a part sees of the machine: its configuration, its certificate, its data. */
export function mountsOf(model: Model, stack: Stack, part: PartName): readonly Mount[] {
  const isServed = part !== 'gpu';
  return [
    ...configuration(model, stack, part),
    ...(isServed ? certificate(stack, part) : []),
    ...data(stack, part),
  ];
}
