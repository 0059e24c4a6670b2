import { ownAlerts } from '../emit/grafana/own-alerts.js';
import type { Dashboard, Metric, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, call, matcher, number, selector } from '../promql/build.js';
import { periodBurnRate } from '../slo/names.js';
import { boardOf, panelsOf, withRest, type DraftRow } from './board.js';
import { spendStat } from './cost.js';
import { domainRows } from './domains.js';
import { failureStat, nounOf, overviewPanels, rateStat, spreadPanel, timeStat } from './flow-panels.js';
import { counted } from './flows.js';
import { firstStats, genericPanel } from './generic.js';
import { mainFlowOf } from './main-flow.js';
import { linesPanel, metricPanel, searchPanel } from './panels.js';
import { metricsShown } from './shown.js';
import { alertsPanel, hasAlerts, identityOf, objectivesTable } from './slos.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';
import { isState, titleOf } from './words.js';

/** How many of the service's alerts fire. */
function firingStat({ model }: Subject): Panel {
  const firing = selector('ALERTS', [matcher('alertstate', '=', 'firing'), ownAlerts(model)]);
  const count = binary('or', aggregate('count', firing), call('vector', number(0)));
  const description =
    'Alerts of the service that fire now. Good: 0. Which ones they are stands in the list of alerts.';
  return linesPanel(model, model.service, { title: 'Alerts firing', description }, [{ expr: count }], {
    type: 'stat',
    unit: 'short',
  });
}

/** How much of its budget the objective has spent that has spent most of it. */
function budgetStat({ model, slos }: Subject): Panel | undefined {
  const [first] = slos;
  if (first === undefined) return undefined;
  const most = aggregate('max', selector(periodBurnRate, identityOf(model, slos)));
  const description =
    'The share of its error budget that the objective has spent that has spent most. Good: below 100 %; beyond it that objective is missed.';
  return linesPanel(model, first, { title: 'Most budget spent', description }, [{ expr: most }], {
    type: 'stat',
    unit: 'percentunit',
  });
}

const saturating =
  /(?:^|_)(?:active|in_flight|inflight|in_progress|depth|pending|waiting|backlog|open|utilization|saturation|sessions|oldest)(?:_|$)/;

/** Gauges that tell how full the service is. */
function saturationGauges({ model, homeOf }: Subject): readonly Metric[] {
  return [...model.metrics.values()].filter(
    (metric) =>
      metric.type === 'gauge' &&
      metric.deprecated === undefined &&
      saturating.test(metric.name) &&
      !['gpu', 'runtime', 'telemetry'].includes(homeOf(metric)),
  );
}

function gaugeStat(model: Model, metric: Metric): Panel {
  const description =
    'How much is there now. Good: level. What grows and never falls is held by somebody: find out by whom.';
  const words = { title: `${titleOf(model, metric)}, now`, description };
  return metricPanel(model, metric, words, { show: ['value'] }, { type: 'stat' });
}

/** How many processes expose the service's metrics. */
function instancesStat({ model }: Subject): Panel | undefined {
  const started = model.metrics.get('process_start_time_seconds');
  const up = model.external.get('up');
  const isOurs = up?.labels?.includes('job') === true && up.labels.includes('instance');
  const expr: Expr | undefined =
    started !== undefined
      ? aggregate('count', selector(started.name))
      : isOurs
        ? aggregate('sum', selector('up'))
        : undefined;
  if (expr === undefined) return undefined;
  const description =
    'Instances that are up. Good: as many as were deployed. Fewer: look at those that are gone, and at their last log lines.';
  return linesPanel(model, started ?? model.service, { title: 'Instances', description }, [{ expr }], {
    type: 'stat',
    unit: 'short',
  });
}

/** The first glance: is it up, is it busy, does it fail, is it slow, is anything burning. */
function glance(subject: Subject, metrics: readonly Metric[]): readonly (Panel | undefined)[] {
  const { model } = subject;
  const flow = mainFlowOf(subject);
  const noun = flow && nounOf(model, flow);
  const [gauge] = saturationGauges(subject);
  const panels = [
    flow && rateStat(model, flow),
    flow && failureStat(model, flow, `${noun} that fail`),
    flow && timeStat(model, flow, `${noun}, p95`),
    ...(flow === undefined ? firstStats(model, metrics).slice(0, 4) : [gauge && gaugeStat(model, gauge)]),
    budgetStat(subject),
    hasAlerts(subject) ? firingStat(subject) : undefined,
    spendStat(subject),
    instancesStat(subject),
  ];
  return panels;
}

function logsAndTraces({ model }: Subject): readonly Panel[] {
  const { name, origin } = model.service;
  const quoted = JSON.stringify(name);
  const logs = searchPanel(
    origin,
    'logs',
    {
      title: 'Errors in the log',
      description: 'Good: none. The trace of a line, and what came before it, are a click away.',
    },
    `{service_name=${quoted}} | json | level=~"error|fatal"`,
  );
  const traces = searchPanel(
    origin,
    'traces',
    {
      title: 'Failed traces',
      description: 'Good: none. Read a failed trace from its last span upwards.',
    },
    `{ resource.service.name = ${quoted} && status = error }`,
  );
  return [...(model.logs.events.size > 0 ? [logs] : []), ...(model.spans.size > 0 ? [traces] : [])];
}

/** The service at one glance, then what is behind it; the home of every metric that no other board is about. */
export function serviceBoard(subject: Subject, orphans: readonly Metric[]): Dashboard | undefined {
  const { model, flows, slos } = subject;
  if (model.metrics.size === 0) return undefined;
  const own = subject.metricsAt('service');
  const main = mainFlowOf(subject);
  const states = own.filter(isState).slice(0, 2);
  const gauges = saturationGauges(subject)
    .filter((metric) => subject.homeOf(metric) === 'service')
    .slice(0, 4);
  const rows: readonly DraftRow[] = [
    { title: 'Overview', panels: glance(subject, [...own, ...orphans]) },
    {
      title: 'Objectives and alerts',
      panels: [objectivesTable(slos), hasAlerts(subject) ? alertsPanel(subject) : undefined],
    },
    {
      title: 'Rate, errors, duration',
      panels: [
        ...overviewPanels(
          model,
          flows.filter((flow) => counted(flow) !== undefined),
        ),
        main && spreadPanel(model, main),
      ],
    },
    {
      title: states.length > 0 ? 'Health and saturation' : 'Saturation',
      panels: [...states, ...gauges].map((metric) => genericPanel(model, metric)),
    },
    { title: 'Logs and traces', panels: logsAndTraces(subject) },
  ];
  // What stands above in full, rather than as a line among others.
  const inFull = panelsOf(rows.slice(2)).filter(({ source }) => source.kind === 'metric');
  const above = metricsShown(model, inFull);
  const domains = domainRows(subject, [...own, ...orphans], above);
  return boardOf(model, {
    name: 'service',
    topic: 'service',
    title: `${model.service.name}: service`,
    description:
      'How the service is, at one glance: what it does, whether it fails, how long it takes, how full it is.',
    origin: model.service.origin,
    rows: withRest(
      model,
      withWatched(subject, 'service', [...rows, ...domains]),
      [...own, ...orphans],
      'Everything else',
    ),
  });
}
