import type { Related } from '../../../diagnostics/diagnostic.js';
import { hintsOfRun } from '../../../model/hints.js';
import type { Names } from '../known.js';
import type { SeenFamily } from '../seen.js';
import { seriesText } from '../seen.js';
import { partsOfName } from '../stem.js';
import { declared, type RuleContext } from './context.js';
import { isOfType, typeWords } from './family.js';

/** Unknown metrics that are told apart. */
const most = 2000;

/**
 * Metrics that the spec has by no name. What they are is said at the end, when it is known which declared metrics are missing: one of those
 * under another unit or type is no stranger.
 */
export class UnknownMetrics {
  readonly #context: RuleContext;
  readonly #names: Names;
  readonly #found = new Map<string, SeenFamily>();

  constructor(context: RuleContext, names: Names) {
    this.#context = context;
    this.#names = names;
  }

  add(family: SeenFamily): void {
    const key = family.shownName;
    const known = this.#found.get(key);
    if (known !== undefined) return;
    // The first one stays, without more of its values than it takes to show one.
    if (this.#found.size >= most) this.#context.tally.omit();
    else this.#found.set(key, { ...family, samples: family.samples.slice(0, 1) });
  }

  /** @param seen the declared metrics that were seen under their own names */
  finish(seen: ReadonlySet<string>): void {
    const hint = hintsOfRun();
    const names = [...this.#context.model.metrics.keys()];
    for (const family of this.#found.values()) {
      if (!this.#isAlike(family, seen)) this.#unknown(family, hint(family.name, names));
    }
  }

  #isAlike(family: SeenFamily, seen: ReadonlySet<string>): boolean {
    const { tally } = this.#context;
    const { unit, isTotal } = partsOfName(family.name);
    const metric = this.#names.alike(family.name).find(({ name }) => !seen.has(name));
    if (metric === undefined) return false;
    const wanted = partsOfName(metric.name);
    const isOfItsType = isOfType(family.type, metric.type);
    const shown =
      family.shownName === family.name
        ? `\`${family.name}\``
        : `\`${family.shownName}\` (\`${family.name}\` in Prometheus)`;
    const related: readonly Related[] = [declared(metric)];
    if (unit !== wanted.unit && isOfItsType) {
      const what = unit === '' ? 'names no unit' : `is in ${unit}`;
      tally.add('OBS6013', metric.name, () => ({
        message: `${shown} ${what}; declared is \`${metric.name}\``,
        range: family.place(family.shownName),
        related,
        help: `record it in ${wanted.unit === '' ? 'the unit that the spec means' : wanted.unit}, under the declared name: rules and dashboards read that one`,
      }));
      return true;
    }
    if (unit === wanted.unit && isTotal !== wanted.isTotal && !isOfItsType) {
      tally.add('OBS6012', metric.name, () => ({
        message: `${shown} is ${typeWords(family.type)}; declared is \`${metric.name}\`, ${typeWords(metric.type)}`,
        range: family.place(family.shownName),
        related,
        help: 'what only grows is a counter, and its name ends in _total; what can go down is a gauge',
      }));
      return true;
    }
    return false;
  }

  #unknown(family: SeenFamily, meant: string | undefined): void {
    const [sample] = family.samples;
    const inPrometheus = family.name === family.shownName ? '' : ` (\`${family.name}\` in Prometheus)`;
    const example = sample === undefined ? '' : `, as in ${seriesText(sample.name, sample.labels)}`;
    this.#context.tally.add('OBS6011', family.shownName, () => ({
      message: `metric \`${family.shownName}\`${inPrometheus} is not declared${example}`,
      range: family.place(family.shownName),
      help:
        meant === undefined
          ? 'declare it under `metrics`; one of a library or an exporter belongs under `external`, or is accepted with --allow'
          : `did you mean \`${meant}\`?`,
    }));
  }
}
