import { dcgmAlertSuites } from '../gpu/dcgm/alert-proof.js';
import { dcgmSuites } from '../gpu/dcgm/proof.js';
import type { Model } from '../model/model.js';
import { renameSuites } from '../renames/proof.js';
import { alertSuites } from './alerts/index.js';
import { sloSuite } from './slo/index.js';
import { quantileSuites } from './slo/quantiles.js';
import type { Suite } from './suite.js';

const known = new WeakMap<Model, readonly Suite[]>();

/**
 * The tests of all that a model's rules say: objectives, quantiles that are only shown, what is recorded of others' series, alerts. Looking
 * for the series of some takes seconds, and whoever runs the tests wants to know first whether those on disk are these.
 */
export function suites(model: Model): readonly Suite[] {
  const found = known.get(model);
  if (found !== undefined) return found;
  const all = Object.freeze([
    ...[...model.slos.values()].map((slo) => sloSuite(model, slo)),
    ...quantileSuites(model),
    ...dcgmSuites(model),
    ...alertSuites(model),
    ...dcgmAlertSuites(model),
    ...renameSuites(model),
  ]);
  known.set(model, all);
  return all;
}
