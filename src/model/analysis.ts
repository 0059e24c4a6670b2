import type { Expr } from '../promql/ast.js';
import { analyse, type Analysis } from '../promql/analysis/analyse.js';
import type { Environment } from '../promql/analysis/environment.js';
import type { LabelSet } from '../promql/analysis/labels.js';
import type { Purpose } from '../promql/analysis/scope.js';
import { isInfrastructureLabel } from './checks/infrastructure-labels.js';
import type { Model } from './model.js';
import { recordedSeries } from './recorded-series.js';
import { seriesFacts, type FactSource } from './series-facts.js';

/** The part of a model that an analysis of labels needs. */
export type AnalysisSource = FactSource &
  Partial<Pick<Model, 'service' | 'slos' | 'slis' | 'alerts' | 'labels'>>;

/** How a server stores the bounds of buckets: Prometheus 3 rewrites them, others keep or rewrite them by their own settings. */
function bucketSpelling({ target }: AnalysisSource): Environment['target']['bucketSpelling'] {
  if (target?.prometheus.dialect !== 'prometheus') return undefined;
  return Number(target.prometheus.version.split('.')[0]) >= 3 ? 'with a fraction' : 'as written';
}

interface Known {
  readonly environment: Environment;
  readonly analyses: WeakMap<Expr, Map<Purpose, Analysis>>;
}

const known = new WeakMap<AnalysisSource, Known>();

function knownOf(model: AnalysisSource): Known {
  const found = known.get(model);
  if (found !== undefined) return found;
  const wires = new Set([...(model.labels?.values() ?? [])].map(({ wire }) => wire));
  const recorded = recordedSeries(model, () => environment);
  const environment: Environment = {
    series: seriesFacts(model),
    recorded,
    isOwnLabel: (name) => wires.has(name) && !isInfrastructureLabel(name),
    isInfrastructureLabel,
    identity: model.service?.selector ?? new Map(),
    evaluationInterval: model.target?.prometheus.evaluationInterval.seconds ?? 60,
    target: { bucketSpelling: bucketSpelling(model) },
  };
  const made: Known = { environment, analyses: new WeakMap() };
  known.set(model, made);
  return made;
}

/** What a model says of the world that its queries are evaluated in. */
export function environmentOf(model: AnalysisSource): Environment {
  return knownOf(model).environment;
}

/** What is known of an expression in the world of a model; each expression is analysed once for each purpose. */
export function analysisOf(model: AnalysisSource, expr: Expr, purpose: Purpose): Analysis {
  const { environment, analyses } = knownOf(model);
  const byPurpose = analyses.get(expr) ?? new Map<Purpose, Analysis>();
  analyses.set(expr, byPurpose);
  const found = byPurpose.get(purpose) ?? analyse(expr, environment, purpose);
  byPurpose.set(purpose, found);
  return found;
}

/** The labels that the series of a result can have: `closed` where there are certainly no others. */
export type ResultLabels = Pick<LabelSet, 'closed' | 'labels'>;

/** The labels of an expression's result; undefined where nothing is certain. */
export function resultLabels(model: AnalysisSource, expr: Expr): LabelSet | undefined {
  return analysisOf(model, expr, 'rule').value.labels;
}
