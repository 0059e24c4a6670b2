import { locate } from '../../spec/located.js';
import { boardTopics } from '../dashboard.js';
import { durationOf, parseDuration } from '../duration.js';
import type { Budgets, Origin, Service, Target } from '../model.js';
import { originOfEntry, originOfItem } from '../origin.js';
import type { Context } from './context.js';

/** The origin of a whole section; of the spec itself where the section is not written. */
export function originOfSection(context: Context, section: string): Origin {
  const { root } = context.loaded;
  const entry = root.entries.get(section);
  return entry === undefined ? originOfItem(root, 'version') : originOfEntry(entry);
}

/** `service`. */
export function resolveService(context: Context): Service {
  const { name, namespace, owner, runbooks, selector } = context.spec.service;
  return Object.freeze({
    name,
    namespace,
    owner,
    runbooks: runbooks?.replace(/\/+$/, ''),
    selector: new Map(Object.entries(selector ?? {})),
    origin: originOfSection(context, 'service'),
  });
}

/** `target`, with the defaults that the schema states. */
export function resolveTarget(context: Context): Target {
  const { prometheus, grafana, typescript, conventions } = context.spec.target ?? {};
  const { scrapeInterval, evaluationInterval, retention } = prometheus ?? {};
  const imports = typescript?.imports ?? 'auto';
  const isJaeger = context.spec.stack?.traces?.store === 'jaeger';
  return Object.freeze({
    prometheus: Object.freeze({
      dialect: prometheus?.dialect ?? 'prometheus',
      version: prometheus?.version ?? '3.5',
      scrapeInterval: scrapeInterval === undefined ? durationOf(15) : parseDuration(scrapeInterval),
      evaluationInterval:
        evaluationInterval === undefined ? durationOf(30) : parseDuration(evaluationInterval),
      retention: retention === undefined ? undefined : parseDuration(retention),
    }),
    grafana: Object.freeze({
      folder: grafana?.folder ?? context.spec.service.name,
      boards: new Set(grafana?.boards ?? boardTopics),
      datasources: Object.freeze({
        metrics: grafana?.datasources?.metrics ?? 'prometheus',
        traces: grafana?.datasources?.traces ?? 'tempo',
        logs: grafana?.datasources?.logs ?? 'loki',
        alertmanager: grafana?.datasources?.alertmanager ?? 'alertmanager',
      }),
      urls: Object.freeze({
        metrics: grafana?.urls?.metrics ?? 'http://prometheus:9090',
        traces: grafana?.urls?.traces ?? (isJaeger ? 'http://jaeger:16686' : 'http://tempo:3200'),
        logs: grafana?.urls?.logs ?? 'http://loki:3100',
        alertmanager: grafana?.urls?.alertmanager ?? 'http://alertmanager:9093',
      }),
      dashboardsPath:
        grafana?.dashboardsPath?.replace(/(.)\/+$/, '$1') ??
        `/etc/grafana/dashboards/${context.spec.service.name}`,
      alerts: grafana?.alerts ?? false,
    }),
    typescript: Object.freeze({
      runtime: typescript?.runtime ?? 'vendored',
      imports: imports === 'auto' ? 'js' : imports,
    }),
    conventions: Object.freeze({ genai: conventions?.genai ?? '1.41' }),
  });
}

/** `budgets`, with the defaults that the schema states. */
export function resolveBudgets(context: Context): Budgets {
  const { seriesPerInstance, seriesPerMetric } = context.spec.budgets ?? {};
  const isWritten = locate(context.loaded.root, ['budgets']) !== undefined;
  return Object.freeze({
    seriesPerInstance: seriesPerInstance ?? 50_000,
    seriesPerMetric: seriesPerMetric ?? 4000,
    origin: isWritten ? originOfSection(context, 'budgets') : undefined,
  });
}
