import { printYaml } from '../../encode/yaml.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { stackPaths } from '../../stack/paths.js';
import { apiPorts } from '../../stack/ports.js';
import { defineEmitter, type OutputFile } from '../emitter.js';
import { generatedHeader } from '../header.js';
import { composeFile, projectName } from './compose.js';
import { jaegerConfig } from './jaeger.js';
import { layerConfig } from './log-folders.js';
import { lokiConfig } from './loki.js';
import { webFolder } from './mounts.js';
import { prometheusConfig } from './prometheus.js';
import { metricsPort } from './scrape.js';
import { tempoConfig } from './tempo.js';
import { httpClientConfig, webConfig } from './tls.js';
import { versionsFile } from './versions.js';

function header(...lines: readonly string[]): string {
  return [generatedHeader, ...lines].join('\n');
}

function yaml(path: string, value: unknown, ...notes: readonly string[]): OutputFile {
  return { path, content: printYaml(value, header(...notes)) };
}

function compose(model: Model, stack: Stack): OutputFile {
  return yaml(
    stackPaths.compose,
    composeFile(model, stack),
    'Start with: obs-gen stack up (docker compose --env-file versions.env up --detach, once stack/secrets has been filled)',
    `A service in a container joins the network ${projectName(model)}.`,
    'Limits: PROMETHEUS_MEMORY, PROMETHEUS_CPUS and the like in the environment go before what is written.',
  );
}

/** The service as Prometheus finds it where nobody says: on the machine, from a container or beside it. */
function targets(stack: Stack): readonly string[] {
  return [`${stack.compose ? 'host.docker.internal' : 'localhost'}:${stack.service.port}`];
}

function prometheus(model: Model, stack: Stack): OutputFile {
  const notes =
    stack.compose && stack.service.targets === undefined
      ? [
          'The service is asked from a container: it has to listen on an address that containers reach, not on 127.0.0.1 alone.',
        ]
      : [];
  const config = prometheusConfig(model, stack, {
    addressOf: (part) => {
      const host = part === 'spanMetrics' ? 'collector' : part;
      return `${host}:${metricsPort(part, apiPorts[host])}`;
    },
    rulesGlob: 'rules/*.yaml',
    targets: targets(stack),
    areNamesShared: stack.compose,
  });
  return yaml(stackPaths.prometheus, config, 'Check with: promtool check config', ...notes);
}

const configs: Readonly<
  Partial<Record<PartName, { config: (model: Model, stack: Stack) => object; check: string }>>
> = {
  collector: {
    config: (model, stack) => layerConfig(model, stack, 'collector'),
    check: 'otelcol-contrib validate --config',
  },
  balancer: {
    config: (model, stack) => layerConfig(model, stack, 'balancer'),
    check: 'otelcol-contrib validate --config',
  },
  loki: { config: (_, stack) => lokiConfig(stack), check: 'loki -verify-config -config.file' },
  tempo: { config: (_, stack) => tempoConfig(stack), check: 'tempo -config.verify -config.file' },
  jaeger: { config: (_, stack) => jaegerConfig(stack), check: 'jaeger validate --config' },
};

/** The configuration of each part that has one below stack/. */
function partFiles(model: Model, stack: Stack): readonly OutputFile[] {
  return partsOf(model, stack).flatMap((part) => {
    const known = configs[part];
    if (known === undefined) return [];
    const path = stackPaths[part as keyof typeof stackPaths];
    return [yaml(path, known.config(model, stack), `Check with: ${known.check}`)];
  });
}

/** What the pages of Prometheus, Alertmanager and Pushgateway are served by, and what their health checks show. */
function web(stack: Stack): readonly OutputFile[] {
  if (!stack.access.tls) return [];
  return [
    yaml(`${webFolder}/server.yaml`, webConfig(), 'Check with: promtool check web-config'),
    yaml(`${webFolder}/client.yaml`, httpClientConfig(), 'For --http.config.file of promtool and amtool.'),
  ];
}

const ignored = `# ${generatedHeader}\nsecrets/\n`;

/** A stack for one machine, and the configuration of each program in it. */
export const stackFiles = defineEmitter({
  id: 'stack',
  title: 'Stack',
  files(model) {
    const { stack } = model;
    if (stack === undefined) return [];
    const own = [prometheus(model, stack)];
    if (!stack.compose) return own;
    return [
      ...own,
      compose(model, stack),
      { path: stackPaths.versions, content: versionsFile(model, stack) },
      { path: stackPaths.ignore, content: ignored },
      ...partFiles(model, stack),
      ...web(stack),
    ];
  },
});
