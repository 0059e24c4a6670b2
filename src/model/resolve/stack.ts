import { durationOf, parseDuration, type Duration } from '../duration.js';
import type { Service, Slo, Target } from '../model.js';
import { parseSize } from '../size.js';
import type { KubernetesStack, ScrapedService, Stack, TailSampling } from '../stack.js';
import type { Context } from './context.js';
import { originOfSection } from './target.js';

type StackSpec = NonNullable<Context['spec']['stack']>;

const day = 86_400;

/** What Prometheus keeps where nobody says anything. */
const usualRetention = 15 * day;

/** A run of an agent is seldom over in the 30 s that the Collector waits by itself. */
const usualWait = 60;
const waitAfterSlow = 30;

/** What the resolved parts of the spec add to `stack`. */
export interface StackContext {
  readonly service: Service;
  readonly target: Target;
  readonly slos: Iterable<Slo>;
}

function duration(written: string | undefined): Duration | undefined {
  return written === undefined ? undefined : parseDuration(written);
}

function resolveScraped({ service }: StackSpec): ScrapedService {
  const { port, path, scheme, targets, tokenFile, instances } = service ?? {};
  return Object.freeze({
    port: port ?? 9464,
    path: path ?? '/metrics',
    scheme: scheme ?? 'http',
    targets: targets && Object.freeze([...targets]),
    tokenFile,
    instances: instances ?? 1,
  });
}

function resolveTail({ sampling }: StackSpec): TailSampling | undefined {
  if (sampling?.tail === undefined) return undefined;
  const { keepErrors, slowerThan, keepRuns, rest, wait, tracesPerSecond } = sampling.tail;
  const slow = duration(slowerThan);
  return Object.freeze({
    keepErrors: keepErrors ?? true,
    slowerThan: slow,
    keepRuns: Object.freeze([...(keepRuns ?? [])]),
    rest: rest ?? 1,
    wait: duration(wait) ?? durationOf(slow === undefined ? usualWait : slow.seconds + waitAfterSlow),
    tracesPerSecond: tracesPerSecond ?? 50,
  });
}

/** The longest period of an objective and a day more: its budget is counted over all of it. */
function resolveRetention({ target, slos }: StackContext): Duration {
  const periods = [...slos].map(({ period }) => period.seconds + day);
  return target.prometheus.retention ?? durationOf(Math.max(usualRetention, ...periods));
}

function resolveKubernetes({ kubernetes }: StackSpec, service: Service): KubernetesStack | undefined {
  if (kubernetes === undefined) return undefined;
  const { namespace, serviceNamespace, prometheusSelector, monitor, selector } = kubernetes;
  const { portName, collector, dashboards } = kubernetes;
  return Object.freeze({
    namespace,
    serviceNamespace: serviceNamespace ?? namespace,
    prometheusSelector: new Map(Object.entries(prometheusSelector ?? {})),
    monitor: monitor ?? 'service',
    selector: new Map(Object.entries(selector ?? { 'app.kubernetes.io/name': service.name })),
    portName: portName ?? 'metrics',
    collector: collector ?? 'deployment',
    dashboards: dashboards ?? 'sidecar',
  });
}

/** `stack`, with the defaults that the schema states; undefined where it is not written. */
export function resolveStack(context: Context, around: StackContext): Stack | undefined {
  const { stack, presets } = context.spec;
  if (stack === undefined) return undefined;
  const { collector, metrics, traces, logs, access } = stack;
  const remoteWrite = metrics?.remoteWrite;
  return Object.freeze({
    compose: stack.compose ?? true,
    service: resolveScraped(stack),
    collector: Object.freeze({
      instances: collector?.instances ?? 1,
      memory: parseSize(collector?.memory ?? '512MiB'),
      logFiles: collector?.logFiles && Object.freeze([...collector.logFiles]),
    }),
    tail: resolveTail(stack),
    traces: Object.freeze({
      store: traces?.store ?? 'tempo',
      retention: duration(traces?.retention) ?? parseDuration('48h'),
      endpoint: traces?.endpoint,
    }),
    logs: Object.freeze({
      store: logs?.store ?? 'loki',
      retention: duration(logs?.retention) ?? parseDuration('168h'),
      endpoint: logs?.endpoint,
    }),
    metrics: Object.freeze({
      retention: resolveRetention(around),
      remoteWrite: remoteWrite && Object.freeze({ url: remoteWrite.url, tokenFile: remoteWrite.tokenFile }),
    }),
    pushgateway: stack.pushgateway ?? (presets ?? []).includes('training'),
    gpuExporter: stack.gpuExporter ?? false,
    access: Object.freeze({ tls: access?.tls ?? false, tenant: access?.tenant }),
    kubernetes: resolveKubernetes(stack, around.service),
    origin: originOfSection(context, 'stack'),
  });
}
