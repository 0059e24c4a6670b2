import { hasErrors } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { FleetService, ReadService } from '../fleet.js';
import { alertNames } from './alert-names.js';
import { labelMeanings } from './label-meanings.js';
import { metricTypes } from './metric-types.js';
import { recordedSeries } from './recorded-series.js';
import { serviceNames } from './service-names.js';

/** A check across services: pure, over models alone. */
export type FleetCheck = (services: readonly ReadService[]) => Iterable<Diagnostic>;

const checks: readonly FleetCheck[] = [serviceNames, alertNames, labelMeanings, metricTypes];

/** Everything that is only wrong with services beside each other. */
export function checkFleet(services: readonly FleetService[]): readonly Diagnostic[] {
  const read = services.flatMap(({ spec, model }) => (model === undefined ? [] : [{ spec, model }]));
  // Rules can be made of a spec without errors alone.
  const whole = services.flatMap(({ spec, model, diagnostics }) =>
    model === undefined || hasErrors(diagnostics) ? [] : [{ spec, model }],
  );
  return [...checks.flatMap((check) => [...check(read)]), ...recordedSeries(whole)];
}
