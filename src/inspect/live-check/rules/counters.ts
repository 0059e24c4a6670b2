import { seriesKey, seriesText, type SeenFamily } from '../seen.js';
import { declared, type RuleContext, type Subject } from './context.js';

interface Last {
  readonly value: number;
  readonly start: string | undefined;
  readonly round: number;
}

/** Series whose last value is remembered. */
const mostSeries = 200_000;

/** The parts of a family that only grow. */
function grows({ type, temporality }: SeenFamily, name: string): boolean {
  if (temporality === 'delta') return false;
  if (type === 'counter') return !name.endsWith('_created');
  return type === 'histogram' && (name.endsWith('_bucket') || name.endsWith('_count'));
}

/** Remembers the counts of each target, to see whether they go down. */
export class Counters {
  readonly #last = new Map<string, Last>();
  readonly #rounds = new Map<string, { round: number; began: string | undefined }>();
  #beyond = false;

  /** Whether there were more series than are remembered. */
  get isBeyond(): boolean {
    return this.#beyond;
  }

  /**
   * Begins a scrape of a target, or a request from a program.
   * @param began when the process began, as it says itself: another text after a restart
   */
  begin(target: string, began: string | undefined): void {
    const known = this.#rounds.get(target);
    this.#rounds.set(target, { round: (known?.round ?? 0) + 1, began });
    // After a restart, counts begin again: what was before is no longer compared with.
    if (known !== undefined && known.began !== began)
      this.#rounds.set(target, { round: known.round + 2, began });
  }

  check(context: RuleContext, target: string, { metric, family }: Subject): void {
    const round = this.#rounds.get(target)?.round ?? 0;
    for (const { name, labels, value, start, place } of family.samples) {
      if (!grows(family, name)) continue;
      const key = `${target}\u0002${seriesKey(name, labels)}`;
      const last = this.#last.get(key);
      if (last === undefined && this.#last.size >= mostSeries) {
        this.#beyond = true;
        continue;
      }
      this.#last.set(key, { value, start, round });
      if (last === undefined || last.start !== start || value >= last.value) continue;
      // On a page a row may have been away meanwhile; where its start is told, that is all there is to know.
      if (start === undefined && last.round < round - 1) continue;
      // A row that nobody touched is dropped, and begins again at nothing.
      if (metric.expireAfter !== undefined) continue;
      context.tally.add('OBS6032', metric.name, () => ({
        message: `the counter \`${name}\` went down, from ${last.value} to ${value}`,
        range: place(),
        related: [declared(metric)],
        help: `\`rate()\` takes that for a restart, and counts ${value} that never were; ${seriesText(name, labels)} is set rather than added to, or two processes answer in turn`,
      }));
    }
  }
}
