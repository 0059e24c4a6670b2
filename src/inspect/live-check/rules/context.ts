import type { Label, Metric, Model } from '../../../model/model.js';
import type { Related } from '../../../diagnostics/diagnostic.js';
import type { Cardinality } from '../cardinality.js';
import type { SeenFamily } from '../seen.js';
import type { Tally } from '../tally.js';

/** What rules look at and where they say what they find. */
export interface RuleContext {
  readonly model: Model;
  readonly tally: Tally;
  readonly cardinality: Cardinality;
  /** ISO date. */
  readonly today: string;
  /** Labels that are on series without being the service's: those of a scrape, or of `--ignore-label`. */
  isIgnored(label: string): boolean;
  /** Whether a metric, span or event is accepted although the spec does not know it. */
  isAllowed(name: string): boolean;
}

/** A metric of the spec, and what was seen of it. */
export interface Subject {
  readonly metric: Metric;
  readonly family: SeenFamily;
}

/** Shows where a metric is declared. */
export function declared(metric: Pick<Metric, 'name' | 'origin'>): Related {
  return { range: metric.origin.key, message: `\`${metric.name}\` is declared here` };
}

/** Shows where a label is declared. */
export function declaredLabel(label: Label): Related {
  return { range: label.origin.key, message: `label \`${label.key}\` is declared here` };
}
