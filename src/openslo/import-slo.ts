import { durationOf } from '../model/duration.js';
import { compare, decimal, multiply, printDecimal } from '../slo/decimal.js';
import { annotations } from './annotations.js';
import type { Item } from './document.js';
import { isOfCalendar, shorthandSeconds } from './durations.js';
import { importAlerts } from './import-alerts.js';
import type { Counting, SliImport, SpecSli } from './import-sli.js';
import type { Library } from './library.js';

const usualPeriod = 30 * 86_400;
const longest = 8000;

/** Seconds of the period; undefined where it cannot be read, which is noted. */
function periodOf(library: Library, slo: Item): number | undefined {
  const windows = slo.get('spec', 'timeWindow');
  const [window] = windows?.items ?? [];
  const length = window?.get('duration');
  if (window === undefined || length?.text === undefined) {
    library.note('assumed', windows ?? slo, 'it has no time window: 30 days, rolling');
    return usualPeriod;
  }
  const seconds = shorthandSeconds(length.text);
  if (seconds === undefined || seconds === 0) {
    library.note('error', length, `${length.text} is no duration: 30d, 4w, 1M`);
    return undefined;
  }
  if (isOfCalendar(length.text))
    library.note('assumed', length, `${length.text} has ${durationOf(seconds).text}`);
  const calendar = window.get('calendar');
  if (calendar !== undefined || window.get('isRolling')?.flag === false)
    library.note(
      'lost',
      calendar ?? window,
      `the calendar: the last ${durationOf(seconds).text} count, at any time`,
    );
  return seconds;
}

/** The objective in percent, exactly; undefined where it is none, which is noted. */
function percentOf(library: Library, objective: Item): number | undefined {
  const [share, percent] = [objective.get('target'), objective.get('targetPercent')];
  const written = percent ?? share;
  if (written?.digits === undefined) {
    library.note('error', written ?? objective, 'it has neither target nor targetPercent');
    return undefined;
  }
  const exact =
    percent === undefined ? multiply(decimal(written.digits), decimal('100')) : decimal(written.digits);
  if (compare(exact, decimal('0')) <= 0 || compare(exact, decimal('100')) >= 0) {
    library.note(
      'error',
      written,
      `an objective of ${printDecimal(exact)} % cannot be: it is above 0 and below 100`,
    );
    return undefined;
  }
  return Number(printDecimal(exact));
}

/** A name that the spec admits, not taken yet. */
function nameOf(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  const cleaned = wanted.replace(/[^a-zA-Z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  const base = (/^[a-zA-Z]/.test(cleaned) ? cleaned : `slo-${cleaned}`).slice(0, 50).replace(/-+$/, '');
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  return name;
}

function methodOf(library: Library, slo: Item): Counting['method'] {
  const method = slo.get('spec', 'budgetingMethod');
  const text = method?.text;
  if (text === 'Occurrences' || text === 'Timeslices' || text === 'RatioTimeslices') return text;
  library.note('assumed', method ?? slo, 'budgetingMethod: Occurrences');
  return 'Occurrences';
}

/** The spec that comes of OpenSLO documents. */
export class SloImport {
  readonly slis = new Map<string, SpecSli>();
  readonly slos = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #library: Library;
  readonly #sliImport: SliImport;

  constructor(library: Library, sliImport: SliImport) {
    this.#library = library;
    this.#sliImport = sliImport;
  }

  #indicator(holder: Item): Item | undefined {
    const reference = holder.get('indicatorRef');
    return reference === undefined ? holder.get('indicator') : this.#library.refer('SLI', reference);
  }

  /** The name of an SLI; two objectives may be about the same one. */
  #sli(indicator: Item, sli: SpecSli, fallback: string): string {
    const metadata = indicator.get('metadata');
    const wanted =
      metadata?.get('annotations', annotations.sli)?.text ?? metadata?.get('name')?.text ?? fallback;
    const description = indicator.get('spec', 'description')?.text ?? metadata?.get('displayName')?.text;
    const entry = description === undefined ? sli : { description: description.slice(0, longest), ...sli };
    const known = this.slis.get(wanted);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(entry)) return wanted;
    const name = nameOf(wanted, this.slis);
    this.slis.set(name, entry);
    return name;
  }

  add(slo: Item): void {
    const library = this.#library;
    const spec = slo.get('spec');
    const objectives = spec?.get('objectives')?.items ?? [];
    if (spec === undefined || objectives.length === 0) {
      library.note('error', spec ?? slo, 'it has no objectives');
      return;
    }
    const period = periodOf(library, slo);
    if (period === undefined) return;
    const method = methodOf(library, slo);
    const shared = this.#indicator(spec);
    if (
      shared === undefined &&
      objectives.some((each) => each.get('indicator') !== undefined || each.get('indicatorRef') !== undefined)
    )
      library.note('lost', spec, 'the whole of a composite: each of its objectives is one of its own');
    for (const [index, objective] of objectives.entries()) {
      const indicator = this.#indicator(objective) ?? shared;
      if (indicator === undefined) {
        library.note('error', objective, 'it has no indicator');
        continue;
      }
      const suffix = objectives.length === 1 ? '' : `-${objective.get('displayName')?.text ?? index + 1}`;
      this.#objective(slo, { objective, method }, indicator, period, suffix);
    }
  }

  #objective(slo: Item, counting: Counting, indicator: Item, period: number, suffix: string): void {
    const metadata = slo.get('metadata');
    const written =
      metadata?.get('annotations', annotations.name)?.text ?? metadata?.get('name')?.text ?? 'slo';
    const percent = percentOf(this.#library, counting.objective);
    const sli = this.#sliImport.read(indicator, counting);
    if (percent === undefined || sli === undefined) return;
    const name = nameOf(written + suffix, this.slos);
    if (name !== written + suffix) this.#library.note('assumed', slo, `its name is ${name}`);
    const description = slo.get('spec', 'description')?.text ?? metadata?.get('displayName')?.text;
    const owner = metadata?.get('labels', 'owner')?.text ?? metadata?.get('labels', 'team')?.text;
    this.slos.set(name, {
      sli: this.#sli(indicator, sli, name),
      ...(description === undefined ? {} : { description: description.slice(0, longest) }),
      objective: percent,
      period: durationOf(period).text,
      ...importAlerts(this.#library, slo, period),
      ...(owner !== undefined && /^[a-zA-Z0-9][a-zA-Z0-9 @/_.-]{0,99}$/.test(owner) ? { owner } : {}),
    });
  }
}
