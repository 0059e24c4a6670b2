import type { Dashboard, Metric, Model } from '../model/model.js';
import { agentsBoard } from './agents.js';
import { costBoard } from './cost.js';
import { gpuBoard } from './gpu.js';
import { modelsBoard } from './models.js';
import { runtimeBoard } from './runtime.js';
import { securityBoard } from './security.js';
import { serviceBoard } from './service.js';
import { metricsShown } from './shown.js';
import { sloBoard, slosBoard } from './slos.js';
import { subjectOf } from './subject.js';
import { telemetryBoard } from './telemetry.js';

function panelsOf(dashboards: readonly Dashboard[]) {
  return dashboards.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels));
}

/** Dashboards that a spec has without asking for them. */
function made(model: Model): readonly Dashboard[] {
  const subject = subjectOf(model);
  const authored = [...model.dashboards.values()];
  const topics = [
    slosBoard(subject),
    ...subject.slos.map((slo) => sloBoard(subject, slo)),
    agentsBoard(subject),
    modelsBoard(subject),
    costBoard(subject),
    runtimeBoard(subject),
    gpuBoard(subject),
    securityBoard(subject),
    telemetryBoard(subject),
  ].filter((board) => board !== undefined);
  // What a board would show that the author's own of that name does not is not to be lost.
  const others = topics.filter(({ name }) => !model.dashboards.has(name));
  const shown = metricsShown(model, panelsOf([...authored, ...others]));
  const orphans = [...model.metrics.values()].filter(
    (metric: Metric) => !shown.has(metric) && subject.homeOf(metric) !== 'service',
  );
  const service = serviceBoard(subject, orphans);
  return [...(service === undefined ? [] : [service]), ...topics];
}

const known = new WeakMap<Model, readonly Dashboard[]>();

/**
 * Every dashboard that is written: the author's own, then those that the spec has without asking for them. Of two with one name, the
 * author's stays.
 */
export function allDashboards(model: Model): readonly Dashboard[] {
  const found = known.get(model);
  if (found !== undefined) return found;
  const { boards } = model.target.grafana;
  const free = made(model).filter(
    ({ name, topic }) => topic !== undefined && boards.has(topic) && !model.dashboards.has(name),
  );
  const all = Object.freeze([...model.dashboards.values(), ...free]);
  known.set(model, all);
  return all;
}
