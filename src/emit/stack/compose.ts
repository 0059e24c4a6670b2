import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { secretsMount } from '../../stack/containers.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { apiPorts, collectorPorts, otlpPorts } from '../../stack/ports.js';
import { secretsOf, type Secret } from '../../stack/secrets.js';
import { commandOf } from './commands.js';
import { environmentOf } from './environment.js';
import { healthCommand } from './health.js';
import { literal, required, variable } from './interpolation.js';
import { composeSize, limitsOf } from './limits.js';
import { logFolders } from './log-folders.js';
import { fromCompose, mountsOf, volumesOf } from './mounts.js';
import { imageVariable } from './versions.js';

/** The name of the project, and of its network, which a service in a container joins. */
export function projectName(model: Model): string {
  return `obs-gen-${model.service.name.toLowerCase()}`;
}

/** Ports that a part is reached by from the machine: never from outside it. */
function published(stack: Stack, part: PartName): readonly number[] {
  const collectors = [otlpPorts.grpc, otlpPorts.http, collectorPorts.health];
  if (part === 'balancer') return collectors;
  // Several cannot share a port; who has spans brings them to the balancer.
  if (part === 'collector') return stack.collector.instances > 1 ? [] : collectors;
  return [apiPorts[part]];
}

/** Secrets that a container finds by their name, or at the path that the spec says. */
function mountedSecrets(secrets: readonly Secret[], part: PartName): readonly (string | object)[] {
  return secrets
    .filter(({ parts, readAs }) => parts.includes(part) && readAs?.startsWith('/'))
    .map(({ name, readAs }) =>
      readAs === `${secretsMount}/${name}` ? name : { source: name, target: literal(readAs ?? '') },
    );
}

/** What a Collector needs that reads files of others, and whose image has no folder for its own: root, with no other right. */
function user(model: Model, stack: Stack, part: PartName): object {
  if (part !== 'collector' && part !== 'balancer') return {};
  const isReading = logFolders(model, stack, part).length > 0;
  return { user: '0:0', cap_add: isReading ? ['DAC_READ_SEARCH'] : undefined };
}

/** Programs that write to their data and nowhere else. Grafana's image prepares itself when it starts. */
function files(part: PartName): object {
  if (part === 'grafana') return {};
  // Jaeger keeps its data there.
  return { read_only: true, tmpfs: part === 'jaeger' ? undefined : ['/tmp'] };
}

function health(stack: Stack, part: PartName): object | undefined {
  const { command } = healthCommand(part, stack.access.tls);
  if (command === undefined) return undefined;
  return { test: ['CMD', ...command], interval: '15s', timeout: '10s', retries: 4, start_period: '2m' };
}

function deploy(model: Model, stack: Stack, part: PartName): object {
  const { memory, cpus, processes } = limitsOf(model, stack, part);
  const name = part.toUpperCase();
  const gpus = { devices: [{ driver: 'nvidia', count: 'all', capabilities: ['gpu', 'utility'] }] };
  return {
    replicas: part === 'collector' && stack.collector.instances > 1 ? stack.collector.instances : undefined,
    resources: {
      limits: {
        cpus: variable(`${name}_CPUS`, String(cpus)),
        memory: variable(`${name}_MEMORY`, composeSize(memory)),
        pids: processes,
      },
      reservations: part === 'gpu' ? gpus : undefined,
    },
  };
}

/** The driver `local` turns files over, and writes them in a form that the Collector does not read: it would read what it says of that. */
const logging = { driver: 'local', options: { 'max-size': '10m', 'max-file': '3' } };

function listed<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function serviceOf(model: Model, stack: Stack, part: PartName): object {
  const environment = environmentOf(model, stack, part);
  return {
    image: required(imageVariable(part), 'is in versions.env: start the stack with `obs-gen stack up`'),
    // Made by whoever runs it: no registry has it.
    pull_policy: part === 'gpu' ? 'never' : undefined,
    command: commandOf(stack, part),
    environment: Object.keys(environment).length === 0 ? undefined : environment,
    ports: listed(published(stack, part).map((port) => `127.0.0.1:${port}:${port}`)),
    volumes: listed(mountsOf(model, stack, part)),
    secrets: listed(mountedSecrets(secretsOf(model, stack), part)),
    extra_hosts: part === 'prometheus' ? ['host.docker.internal:host-gateway'] : undefined,
    depends_on: part === 'balancer' ? ['collector'] : undefined,
    healthcheck: health(stack, part),
    ...user(model, stack, part),
    ...files(part),
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    deploy: deploy(model, stack, part),
    restart: 'unless-stopped',
    stop_grace_period: '1m',
    logging,
  };
}

function secretFiles(model: Model, stack: Stack): object | undefined {
  const mounted = secretsOf(model, stack).filter(({ readAs }) => readAs?.startsWith('/'));
  if (mounted.length === 0) return undefined;
  return Object.fromEntries(mounted.map(({ name, path }) => [name, { file: fromCompose(path) }]));
}

/** The stack of a spec as a compose file. https://github.com/compose-spec/compose-spec */
export function composeFile(model: Model, stack: Stack): object {
  const parts = partsOf(model, stack);
  return {
    name: projectName(model),
    services: Object.fromEntries(parts.map((part) => [part, serviceOf(model, stack, part)])),
    networks: { default: { name: projectName(model) } },
    volumes: Object.fromEntries(volumesOf(stack, parts).map((part) => [part, {}])),
    secrets: secretFiles(model, stack),
  };
}
