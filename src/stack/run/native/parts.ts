import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectorConfig } from '../../../emit/stack/collector/index.js';
import { prometheusConfig, prometheusFeatures } from '../../../emit/stack/prometheus.js';
import { printYaml } from '../../../encode/yaml.js';
import type { Model } from '../../../model/model.js';
import type { Stack } from '../../../model/stack.js';
import { loopback } from '../../../processes/ports.js';
import { stackPaths } from '../../paths.js';
import { secretsOf } from '../../secrets.js';
import type { StackFolder } from '../folder.js';
import { givenFile } from '../given-file.js';
import { alertmanagerNative, type AlertsTo } from './alertmanager.js';
import type { PartPlan } from './plan.js';
import type { NativePorts, PartPorts } from './ports.js';
import type { NativePart } from './programs.js';
import { storeConfig } from './stores.js';

/** What the plans of all parts are made from. */
export interface Request {
  readonly model: Model;
  /** As it is on this machine: see `localStack`. */
  readonly stack: Stack;
  /** Absolute. */
  readonly out: string;
  readonly folder: StackFolder;
  readonly programs: ReadonlyMap<NativePart, string>;
  readonly ports: NativePorts;
  readonly alertsTo: AlertsTo;
}

const header = 'What obs-gen stack up --native started this program with; written anew each time.';

function address(port: number | undefined): string {
  if (port === undefined) throw new Error('bug: a part without one of its ports');
  return `${loopback}:${port}`;
}

function portsOf({ ports }: Request, part: NativePart): PartPorts {
  const found = ports.get(part);
  if (found === undefined) throw new Error(`bug: ${part} has no ports`);
  return found;
}

/** The page with a part's own metrics. */
function metricsAddress(request: Request, part: NativePart | 'spanMetrics'): string {
  if (part === 'spanMetrics') return address(portsOf(request, 'collector').spanMetrics);
  const { api, own } = portsOf(request, part);
  return address(own ?? api);
}

/** The addresses of the service. */
export function targetsOf({ service }: Stack): readonly string[] {
  return service.targets ?? [address(service.port)];
}

/** How a part is started, beside its address and its path of readiness. */
interface Start {
  readonly args: readonly string[];
  readonly config?: string | undefined;
  readonly ready?: string;
}

function prometheus(request: Request, config: string, data: string): Start {
  const { model, stack, out, programs } = request;
  return {
    config: printYaml(
      prometheusConfig(model, stack, {
        addressOf: (part) => metricsAddress(request, part as NativePart | 'spanMetrics'),
        rulesGlob: join(out, stackPaths.rules, '*.yaml'),
        targets: targetsOf(stack),
        parts: [...programs.keys()],
        fileOf: (file) => givenFile(file, secretsOf(model, stack), out),
      }),
      header,
    ),
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      `--storage.tsdb.retention.time=${stack.metrics.retention.text}`,
      `--web.listen-address=${address(portsOf(request, 'prometheus').api)}`,
      // Where links in alerts lead: by itself it takes the name of the machine, which does not answer.
      `--web.external-url=http://${address(portsOf(request, 'prometheus').api)}`,
      // No page of another origin may read what it holds.
      '--web.cors.origin=^$',
      `--enable-feature=${prometheusFeatures.join(',')}`,
    ],
  };
}

function alertmanager(request: Request, config: string, data: string): Start {
  const { model, stack, out, alertsTo } = request;
  const generated = join(out, stackPaths.alertmanager);
  const secrets = secretsOf(model, stack).filter(
    ({ kind, parts }) => kind === 'given' && parts.includes('alertmanager'),
  );
  return {
    config: alertmanagerNative(
      existsSync(generated) ? readFileSync(generated, 'utf8') : undefined,
      alertsTo,
      secrets,
      out,
    ),
    args: [
      `--config.file=${config}`,
      `--storage.path=${data}`,
      `--web.listen-address=${address(portsOf(request, 'alertmanager').api)}`,
      `--web.external-url=http://${address(portsOf(request, 'alertmanager').api)}`,
      // It has no peers.
      '--cluster.listen-address=',
    ],
  };
}

function collector(request: Request, config: string, data: string): Start {
  const { model, stack, programs, ports } = request;
  const { api, otlpGrpc, otlpHttp, own, spanMetrics } = portsOf(request, 'collector');
  const traces = ports.get('tempo') ?? ports.get('jaeger');
  const loki = ports.get('loki');
  return {
    config: printYaml(
      collectorConfig(model, stack, 'native', {
        traces: traces && `http://${address(traces.otlpHttp)}`,
        logs: loki && programs.has('loki') ? `http://${address(loki.api)}/otlp` : undefined,
        directory: data,
        ports: {
          grpc: otlpGrpc ?? 0,
          http: otlpHttp ?? 0,
          health: api,
          own: own ?? 0,
          spanMetrics: spanMetrics ?? 0,
        },
      }),
      header,
    ),
    args: [`--config=${config}`],
    ready: '/',
  };
}

function startOf(request: Request, part: NativePart, config: string, data: string): Start {
  const { stack } = request;
  switch (part) {
    case 'prometheus':
      return prometheus(request, config, data);
    case 'alertmanager':
      return alertmanager(request, config, data);
    case 'collector':
      return collector(request, config, data);
    case 'pushgateway':
      return {
        args: [
          `--web.listen-address=${address(portsOf(request, part).api)}`,
          `--persistence.file=${join(data, 'pushed')}`,
        ],
      };
    case 'loki':
    case 'tempo':
      return {
        config: storeConfig(part, stack, portsOf(request, part), data),
        args: [`-config.file=${config}`],
        ready: '/ready',
      };
    case 'jaeger':
      return {
        config: storeConfig(part, stack, portsOf(request, part), data),
        args: [`--config=${config}`],
        ready: '/api/services',
      };
  }
}

/** Stores first, what sends to them next, and Prometheus, which asks all of them, last. */
const order: readonly NativePart[] = [
  'loki',
  'tempo',
  'jaeger',
  'pushgateway',
  'collector',
  'alertmanager',
  'prometheus',
];

/**
 * How each part is to be started, in the order in which that is done.
 * @throws StackFault where alerts cannot go where they are to go
 */
export function planParts(request: Request): readonly PartPlan[] {
  const { folder, programs, ports } = request;
  return order.flatMap((part): PartPlan[] => {
    const program = programs.get(part);
    if (program === undefined) return [];
    const path = join(folder.config, `${part}.yaml`);
    const { args, config, ready } = startOf(request, part, path, join(folder.data, part));
    const { otlpGrpc, otlpHttp, spanMetrics, own } = ports.get(part) ?? {};
    const others = Object.entries({ otlpGrpc, otlpHttp, spanMetrics, own }).flatMap(([name, port]) =>
      port === undefined ? [] : [[name, `http://${address(port)}`] as const],
    );
    return [
      {
        part,
        program,
        args,
        configs: config === undefined ? [] : [{ path, content: config }],
        url: `http://${address(portsOf(request, part).api)}`,
        ready: ready ?? '/-/ready',
        also: others.length === 0 ? undefined : Object.fromEntries(others),
      },
    ];
  });
}
