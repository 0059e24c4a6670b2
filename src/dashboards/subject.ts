import type { Metric, Model, Slo } from '../model/model.js';
import { queriesOfSli } from '../model/resolve/readers.js';
import { flowsOf, type Flow } from './flows.js';
import { metricsOfSli } from './shown.js';
import { homes, homeOfSpan, type Home } from './topics.js';

/** What the boards of a service are made from. */
export interface Subject {
  readonly model: Model;
  readonly flows: readonly Flow[];
  readonly slos: readonly Slo[];
  /** The board that a metric belongs on. */
  readonly homeOf: (metric: Metric) => Home;
  /** The metrics that belong on a board, those that are to go left out, in the order of the spec. */
  readonly metricsAt: (home: Home) => readonly Metric[];
  /** The work that a board is about. */
  readonly flowsAt: (home: Home) => readonly Flow[];
  /** The objectives on what a board is about. */
  readonly slosAt: (home: Home) => readonly Slo[];
}

/** Whether rules are made of an objective, so that there is something to show. */
function isMeasured({ sli, repaired }: Slo): boolean {
  return (
    sli.form !== 'quantile' &&
    repaired.size + sli.repaired.size === 0 &&
    queriesOfSli(sli).every(({ expr }) => expr !== undefined)
  );
}

/** What all topics share, worked out once. */
export function subjectOf(model: Model): Subject {
  const home = homes(model);
  const flows = flowsOf(model);
  const slos = [...model.slos.values()].filter(isMeasured);
  const homeOf = (metric: Metric): Home => home.get(metric) ?? 'service';
  const homeOfFlow = ({ span, count, duration }: Flow): Home => {
    const metric = count ?? duration;
    return (span && homeOfSpan(span)) ?? (metric === undefined ? 'service' : homeOf(metric));
  };
  return {
    model,
    flows,
    slos,
    homeOf,
    metricsAt: (topic) => [...model.metrics.values()].filter((metric) => homeOf(metric) === topic),
    flowsAt: (topic) => flows.filter((flow) => homeOfFlow(flow) === topic),
    slosAt: (topic) =>
      slos.filter(({ sli }) =>
        metricsOfSli(model, sli).some(({ name }) => {
          const metric = model.metrics.get(name);
          return metric !== undefined && homeOf(metric) === topic;
        }),
      ),
  };
}
