// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import type { Aggregate, Family } from '../metrics/family.js';
import { shared } from '../shared.js';
import { textValues } from './text-values.js';
import { contentTypes, defaultLabels } from './page-form.js';
import { structuredValues } from './structured-values.js';
import type { StructuredValue } from './structured-values.js';

/** What a registry gets when it reads a metric. */
export interface RegistryReading {
  readonly name: string;
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregator: Aggregate;
  readonly values: StructuredValue[];
}

const made = shared('registry metrics', () => new WeakSet<object>());

/** Whether an object stands for one of our metrics in some registry. */
export function isRegistryMetric(metric: object): boolean {
  return made.has(metric);
}

/**
 * A metric in the shape that a registry expects: by duck type, since the classes of prom-client keep storage of their own whose keys
 * can make one series of two.
 */
export class RegistryMetric {
  readonly help: string;
  readonly type: Family['type'];
  readonly aggregator: Aggregate;
  private readonly family: Family;
  private readonly registry: { readonly contentType?: unknown };
  /** Whether an OpenMetrics page is about to read the metric. */
  private isNamed = false;
  /** How often others than this registry have read the name. */
  private strangers = 0;

  constructor(family: Family, registry: object) {
    this.family = family;
    this.registry = registry;
    this.help = family.help;
    this.type = family.type;
    this.aggregator = family.aggregate;
    made.add(this);
  }

  /**
   * A registry reads the name of what it takes up. When that is over in the metric's own registry, whoever reads it is another one:
   * `Registry.merge` puts metrics into a second registry, whose default labels nobody here knows.
   */
  get name(): string {
    this.strangers += 1;
    return this.family.name;
  }

  /**
   * An OpenMetrics page reads the name and writes it without `_total` just before it reads the metric, and adds `_total` to each sample.
   * That holds for this one reading, so that the next page in the text format has the whole name again.
   */
  set name(_written: string) {
    this.strangers = Math.max(0, this.strangers - 1);
    this.isNamed = true;
  }

  /** Does what makes the metric's own registry read the name. */
  enter(registration: () => void): void {
    const { strangers } = this;
    try {
      registration();
    } finally {
      this.strangers = strangers;
    }
  }

  /** All values, for JSON and for adding up processes. */
  get(): Promise<RegistryReading> {
    return this.read(this.takeName(), () => structuredValues(this.family, false));
  }

  /** All values, for a page: as one piece of text where the registry would change nothing in it. */
  getForPromString(): Promise<RegistryReading> {
    const { registry, family, isNamed } = this;
    const { contentType } = registry;
    const isAlone = this.strangers === 0;
    if (isAlone && contentType === contentTypes.openMetrics) this.isNamed = true;
    const isPlain = isAlone && contentType === contentTypes.text && !isNamed;
    const name = this.takeName();
    if (isPlain && defaultLabels(registry)?.length === 0) return this.read(name, () => textValues(family));
    return this.read(name, () => structuredValues(family, true));
  }

  reset(): void {
    this.family.reset();
  }

  /** The name that the reading which has begun expects. */
  private takeName(): string {
    const { isNamed } = this;
    this.isNamed = false;
    const { name, type } = this.family;
    return isNamed && type === 'counter' ? name.replace(/_total$/, '') : name;
  }

  private read(name: string, values: () => StructuredValue[]): Promise<RegistryReading> {
    const { help, type, aggregator, family } = this;
    let found: StructuredValue[] = [];
    try {
      family.refresh();
      found = values();
    } catch (error) {
      countDrop(family.name, 'internal_error');
      diag.warn(`metric ${family.name} could not be read`, error);
    }
    return Promise.resolve({ name, help, type, aggregator, values: found });
  }
}
