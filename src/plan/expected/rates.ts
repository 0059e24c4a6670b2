import type { Metric, Model, Span } from '../../model/model.js';
import { rateOf } from '../../preview/sample/rates.js';

/** How often something happens in one instance, and how that is known. */
export interface Rate {
  /** A second: events; of a metric with a unit, units. */
  readonly perSecond: number;
  readonly basis: 'declared' | 'assumed';
}

function recordsOf({ record }: Span): readonly Metric[] {
  return [record.count, record.duration, record.firstChunk].filter((metric) => metric !== undefined);
}

/**
 * Loads: what `traffic` declares, over all instances; else what is usual for things of such a name. What a span records counts the same
 * events, so that a load that is declared for one of its metrics holds for all of them.
 */
export class Rates {
  readonly #model: Model;
  readonly #instances: number;
  readonly #declared = new Map<string, number>();

  constructor(model: Model, instances: number) {
    this.#model = model;
    this.#instances = instances;
    for (const { metric, perSecond } of Object.values(model.sections.traffic ?? {}))
      this.#declared.set(metric, Math.max(perSecond, this.#declared.get(metric) ?? 0));
    for (const span of model.spans.values()) {
      const names = recordsOf(span).map(({ name }) => name);
      const known = Math.max(...names.map((name) => this.#declared.get(name) ?? 0));
      if (known > 0) for (const name of names) this.#declared.set(name, this.#declared.get(name) ?? known);
    }
  }

  ofMetric(name: string): Rate {
    const declared = this.#declared.get(name);
    if (declared !== undefined) return { perSecond: declared / this.#instances, basis: 'declared' };
    return { perSecond: rateOf({ name }, this.#model), basis: 'assumed' };
  }

  /** A span happens as often as what it records; one that records nothing, as often as the spans that it is a part of. */
  ofSpan(span: Span): Rate {
    return this.#ofSpan(span, new Set());
  }

  #ofSpan(span: Span, above: ReadonlySet<string>): Rate {
    const recorded = recordsOf(span)[0];
    if (recorded !== undefined) return this.ofMetric(recorded.name);
    const seen = new Set([...above, span.name]);
    const parents = [...this.#model.spans.values()].filter(
      ({ name, children }) => children.includes(span.name) && !seen.has(name),
    );
    if (parents.length === 0) return this.ofMetric(span.name.replaceAll('.', '_'));
    const rates = parents.map((parent) => this.#ofSpan(parent, seen));
    return {
      perSecond: rates.reduce((sum, { perSecond }) => sum + perSecond, 0),
      basis: rates.every(({ basis }) => basis === 'declared') ? 'declared' : 'assumed',
    };
  }
}
