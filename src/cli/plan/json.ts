import { printJson } from '../../encode/json.js';
import type { Plan } from '../../plan/plan.js';
import type { SeriesSet } from '../../plan/series/series-set.js';

/** Figures to three digits: no estimate is better, and no reader compares more. */
function figure(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

function rounded<T extends object>(values: T): { readonly [key in keyof T]: number } {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? figure(value) : 0]),
  ) as { readonly [key in keyof T]: number };
}

function setJson({ source, name, worst, expected, ofInstance, interval, basis }: SeriesSet) {
  return {
    ...{ source, name, worst: figure(worst), expected: figure(expected) },
    ofInstance: ofInstance && rounded(ofInstance),
    ...{ interval, basis },
  };
}

/** The plan for programs: bytes, seconds, series; those of the region with most instances. */
export function planJson(plan: Plan): string {
  const { service, scale, sets, metrics, logs, traces, fit, cuts, advice, slower } = plan;
  return printJson({
    service,
    ...{ instances: scale.instances, regions: scale.regions, share: scale.share },
    instancesOfRegion: plan.instancesOfRegion,
    scrapeInterval: plan.scrapeInterval,
    evaluationInterval: plan.evaluationInterval,
    series: sets.map(setJson),
    notCounted: plan.uncounted,
    metrics: {
      retention: metrics.retention,
      expected: rounded(metrics.expected),
      worst: rounded(metrics.worst),
      ifScrapedHalfAsOften: rounded(slower),
    },
    logs: {
      retention: logs.retention,
      bytes: rounded(logs.bytes),
      events: logs.volumes.map(({ event, perSecond, lineBytes }) => ({
        event,
        ...rounded({ perSecond, lineBytes }),
      })),
    },
    traces: {
      store: traces.store,
      retention: traces.retention,
      bytes: rounded(traces.bytes),
      sampling: {
        ...rounded({ head: traces.sampling.head, tail: traces.sampling.tail }),
        basis: traces.sampling.basis,
      },
      spans: traces.volumes.map(({ span, perSecond, bytes }) => ({ span, ...rounded({ perSecond, bytes }) })),
    },
    budgets: {
      seriesPerInstance: fit.perInstance,
      seriesPerMetric: fit.perMetric,
      metricsAbove: fit.metrics,
    },
    cuts: cuts.map(({ subject, change, saves }) => ({ subject, change, saves })),
    advice: advice.map(({ what, replicas, cores, memory, disk, rule }) => ({
      ...{ what, replicas },
      ofReplica: {
        cores: cores === undefined ? undefined : figure(cores),
        memory: memory === undefined ? undefined : figure(memory),
        disk: disk === undefined ? undefined : figure(disk),
      },
      rule: rule.text,
      url: rule.url,
    })),
  });
}
