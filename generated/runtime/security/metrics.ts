// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { LabelledCounter } from '../metrics/counter.js';
import type { LabelledGauge } from '../metrics/gauge.js';
import type { Severity } from './severity.js';

/** Label of the metrics below: an event of the spec. Nothing else of an event is ever a label. */
interface ByEvent {
  readonly event: string;
}

/** The metrics of the preset `security`; one that the spec does not have is not recorded. */
export interface SecurityMetrics {
  readonly securityEventsTotal?: LabelledCounter<ByEvent & { readonly severity: Severity }>;
  readonly securityDetectionsTotal?: LabelledCounter<ByEvent>;
  readonly securityReputationMatchesTotal?: LabelledCounter<ByEvent>;
  readonly securityTrackedKeys?: LabelledGauge<ByEvent>;
  readonly securityEvictedKeysTotal?: LabelledCounter<ByEvent>;
}
