import type { Model } from '../model/model.js';
import { alertSuites } from './alerts/index.js';
import { sloSuite } from './slo/index.js';
import { quantileSuites } from './slo/quantiles.js';
import type { Suite } from './suite.js';

/** The tests of everything that a model's rules say: objectives first, then the quantiles that are only shown, then alerts. */
export function suites(model: Model): readonly Suite[] {
  return [
    ...[...model.slos.values()].map((slo) => sloSuite(model, slo)),
    ...quantileSuites(model),
    ...alertSuites(model),
  ];
}
