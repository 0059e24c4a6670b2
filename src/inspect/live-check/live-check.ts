import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../../diagnostics/sort.js';
import type { Metric, Model } from '../../model/model.js';
import type { LoadedSpec } from '../../spec/loaded.js';
import { Cardinality, type Observed } from './cardinality.js';
import { coverageOf, type Coverage, type Signal } from './coverage.js';
import { globOf } from './glob.js';
import { Names } from './known.js';
import type { RuleContext } from './rules/context.js';
import { Counters } from './rules/counters.js';
import { checkDeprecation, checkExternalType, checkHelp, checkType, checkUnit } from './rules/family.js';
import { checkHistogram } from './rules/histograms.js';
import { LabelRules } from './rules/labels.js';
import { checkCaps, checkCoverage, checkLimits } from './rules/outcome.js';
import { checkRecord, unknownEvent } from './rules/records.js';
import { checkSpan, unknownSpan } from './rules/spans.js';
import { UnknownMetrics } from './rules/unknown.js';
import { checkValue } from './rules/values.js';
import type { Place, SeenFamily, SeenRecord, SeenSpan } from './seen.js';
import { withoutSuppressed } from './suppressed.js';
import { Tally, type Draft } from './tally.js';

/** What is asked of a service beyond the spec. */
export interface LiveCheckOptions {
  /** ISO date; sunsets are compared with it. */
  readonly today: string;
  /** Patterns of names of metrics, spans and events that are others' business. */
  readonly allow?: readonly string[];
  /** Labels that are on series without being the service's. */
  readonly ignoreLabels?: readonly string[];
  /** The share of the declared names that has to be seen, 0 to 1; undefined: none has to. */
  readonly minCoverage?: number | undefined;
  /** What the share is asked of; what was seen at all where it is left out. */
  readonly signals?: readonly Signal[] | undefined;
  /** The spec as it was read, for what it accepts under `suppress`; without it nothing is accepted. */
  readonly loaded?: LoadedSpec | undefined;
}

/** How much was looked at. */
export interface Counts {
  readonly samples: number;
  readonly spans: number;
  readonly records: number;
}

/** What came of it. */
export interface LiveCheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: readonly Coverage[];
  /** Metrics of others that the spec names: some are exposed elsewhere, so nothing is asked of them. */
  readonly external: { readonly seen: number; readonly declared: number };
  readonly observed: readonly Observed[];
  readonly counts: Counts;
  /** How many findings the spec accepts under `suppress`. */
  readonly accepted: number;
}

/**
 * Holds what a service exposes against its spec: handed in piece by piece, judged at once, and said at the end. Its memory is bounded,
 * however much comes and whatever it is.
 */
export class LiveCheck {
  readonly #model: Model;
  readonly #options: LiveCheckOptions;
  readonly #tally = new Tally();
  readonly #cardinality = new Cardinality();
  readonly #counters = new Counters();
  readonly #names: Names;
  readonly #context: RuleContext;
  readonly #labels: LabelRules;
  readonly #unknown: UnknownMetrics;
  readonly #seen: Readonly<Record<Signal, Set<string>>> = {
    metrics: new Set(),
    spans: new Set(),
    events: new Set(),
  };
  readonly #external = new Set<string>();
  /** Metrics that were seen with their type. */
  readonly #typed = new Set<string>();
  readonly #counts = { samples: 0, spans: 0, records: 0 };

  constructor(model: Model, options: LiveCheckOptions) {
    this.#model = model;
    this.#options = options;
    const allowed = (options.allow ?? []).map(globOf);
    const ignored = new Set([...(options.ignoreLabels ?? []), ...model.service.selector.keys()]);
    this.#names = new Names(model, allowed);
    this.#context = {
      ...{ model, tally: this.#tally, cardinality: this.#cardinality, today: options.today },
      isIgnored: (label) => ignored.has(label),
      isAllowed: (name) => allowed.some((glob) => glob.test(name)),
    };
    this.#labels = new LabelRules(this.#context);
    this.#unknown = new UnknownMetrics(this.#context, this.#names);
  }

  get counts(): Counts {
    return { ...this.#counts };
  }

  /** Notes a finding that is not about telemetry itself: that a target was empty, a line that cannot be read. */
  note(
    code: 'OBS6001' | 'OBS6003' | 'OBS6004' | 'OBS6005' | 'OBS6006' | 'OBS6034',
    key: string,
    make: () => Draft,
  ): void {
    this.#tally.add(code, key, make);
  }

  /**
   * Looks at all families of one scrape, or of one request.
   * @param target where they come from: counts are compared with those that the same target had before
   * @param began when the process began, where it says so
   */
  metrics(target: string, families: Iterable<SeenFamily>, began?: string): void {
    this.#counters.begin(target, began);
    for (const family of families) this.#family(target, family);
  }

  span(seen: SeenSpan): void {
    this.#counts.spans += 1;
    this.#seen.spans.add(seen.name);
    const span = this.#model.spans.get(seen.name);
    if (span !== undefined) checkSpan(this.#context, span, seen);
    else if (!this.#context.isAllowed(seen.name))
      unknownSpan(this.#context, seen, seen.scope === this.#model.service.name);
    this.#bound(this.#seen.spans);
  }

  record(seen: SeenRecord): void {
    this.#counts.records += 1;
    const { event } = seen;
    if (event === undefined) return;
    this.#seen.events.add(event);
    const known = this.#model.logs.events.get(event);
    if (known !== undefined) checkRecord(this.#context, known, seen);
    else if (!this.#context.isAllowed(event) && !this.#isSecurityEvent(event))
      unknownEvent(this.#context, event, seen);
    this.#bound(this.#seen.events);
  }

  /** Notes the name of the service that the telemetry says it is of. */
  service(name: string, place: Place): void {
    const { service } = this.#model;
    if (name === service.name) return;
    this.note('OBS6004', name, () => ({
      message: `telemetry of the service \`${name}\` came in, and the spec is that of \`${service.name}\``,
      range: place(name),
      related: [{ range: service.origin.of('name'), message: 'the name of the service' }],
      help: 'set OTEL_SERVICE_NAME, or send no other service here: what it sends is held against this spec',
    }));
  }

  /** All that was found; to be called once, when nothing more comes. */
  finish(): LiveCheckResult {
    const { minCoverage, signals } = this.#options;
    this.#labels.finish(this.#seen.metrics.size);
    this.#unknown.finish(this.#seen.metrics);
    const observed = this.#cardinality.observed();
    checkCaps(this.#context, observed);
    const asked = signals ?? this.#signalsSeen();
    const coverage = asked.map((signal) => coverageOf(this.#model, signal, this.#seen[signal]));
    checkCoverage(this.#context, coverage, minCoverage);
    checkLimits(this.#context, { series: this.#counters.isBeyond, findings: this.#tally.beyond });
    const { loaded, today } = this.#options;
    const found = this.#tally.diagnostics();
    const seen = { metrics: this.#seen.metrics, typed: this.#typed, spans: this.#seen.spans };
    const { left, accepted } =
      loaded === undefined
        ? { left: found, accepted: 0 }
        : withoutSuppressed(found, { model: this.#model, loaded, today, seen });
    const diagnostics = sortDiagnostics(left);
    const external = { seen: this.#external.size, declared: this.#model.external.size };
    return { diagnostics, coverage, external, observed, counts: this.counts, accepted };
  }

  #signalsSeen(): readonly Signal[] {
    const { samples, spans, records } = this.#counts;
    return [
      ...(samples > 0 ? (['metrics'] as const) : []),
      ...(spans > 0 ? (['spans'] as const) : []),
      ...(records > 0 ? (['events'] as const) : []),
    ];
  }

  #isSecurityEvent(event: string): boolean {
    return event === 'security.detected' || Object.hasOwn(this.#model.sections.security?.events ?? {}, event);
  }

  /** Names that a stranger can choose must not fill the memory; those of the spec are never many. */
  #bound(names: Set<string>): void {
    if (names.size <= 10_000) return;
    const { spans, logs } = this.#model;
    for (const name of names) if (!spans.has(name) && !logs.events.has(name)) names.delete(name);
  }

  #family(target: string, family: SeenFamily): void {
    this.#counts.samples += family.samples.length;
    const known = this.#names.of(family);
    switch (known.kind) {
      case 'declared':
        this.#declared(target, known.metric, family);
        return;
      case 'external':
        if (family.samples.length > 0) this.#external.add(known.metric.name);
        checkExternalType(this.#context, known.metric, family);
        for (const sample of family.samples)
          if (sample.name === known.metric.name) checkValue(this.#context, known.metric, sample);
        return;
      case 'unknown':
        this.#unknown.add(family);
        return;
      case 'accompanying':
      case 'allowed':
    }
  }

  #declared(target: string, metric: Metric, seen: SeenFamily): void {
    const family = underItsName(seen, metric.name);
    const subject = { metric, family };
    const context = this.#context;
    if (family.samples.length > 0) {
      this.#seen.metrics.add(metric.name);
      if (family.type !== 'unknown') this.#typed.add(metric.name);
    }
    checkUnit(context, subject);
    checkHelp(context, subject);
    checkDeprecation(context, subject);
    const isOfItsType = checkType(context, subject);
    for (const sample of family.samples) {
      if (sample.name.endsWith('_created') && sample.name !== metric.name) continue;
      this.#labels.check(subject, sample);
      if (isOfItsType && sample.name === metric.name) checkValue(context, metric, sample);
    }
    if (!isOfItsType) return;
    if (metric.type === 'histogram') checkHistogram(context, subject);
    this.#counters.check(context, target, subject);
  }
}

/** A family of OTLP with its samples under the name that they have in Prometheus. */
function underItsName(family: SeenFamily, name: string): SeenFamily {
  if (!family.isTranslated || family.shownName === name) return family;
  const { length } = family.shownName;
  const samples = family.samples.map((sample) => ({ ...sample, name: name + sample.name.slice(length) }));
  return { ...family, samples };
}
