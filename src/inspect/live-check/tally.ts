import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range, Related } from '../../diagnostics/diagnostic.js';
import { plural } from '../../model/checks/words.js';

/** What a finding says, made when it is first seen. */
export interface Draft {
  readonly message: string;
  readonly range: Range | undefined;
  readonly related?: readonly Related[];
  /** @param details what was handed in at each sighting: the first few, and how many more there were */
  readonly help?: string | ((details: readonly string[], more: number) => string | undefined);
}

interface Entry {
  readonly code: DiagnosticCode;
  readonly draft: Draft;
  readonly details: Set<string>;
  more: number;
  count: number;
}

/** Findings that are told apart; what comes beyond is counted. */
const mostEntries = 2000;
/** What is said of all that was seen: few, and never left out. */
const ofTheWhole: ReadonlySet<DiagnosticCode> = new Set([
  'OBS6001',
  'OBS6002',
  'OBS6005',
  'OBS6006',
  'OBS6018',
  'OBS6019',
]);
/** Details of a finding that are remembered, so that each counts once. */
const mostDetails = 1000;
const detailsShown = 5;

/** Findings, each once however often it is seen. Its memory is bounded, whatever is seen. */
export class Tally {
  readonly #entries = new Map<string, Entry>();
  #beyond = 0;

  /**
   * Notes a finding.
   * @param key what it is about: a metric, or a metric and its label
   * @param make what it says; asked the first time alone
   * @param detail what differs from one time to the next, such as the value of a label
   */
  add(code: DiagnosticCode, key: string, make: () => Draft, detail?: string): void {
    const name = `${code} ${key}`;
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      if (this.#entries.size >= mostEntries && !ofTheWhole.has(code)) {
        this.#beyond += 1;
        return;
      }
      entry = { code, draft: make(), details: new Set(), more: 0, count: 0 };
      this.#entries.set(name, entry);
    }
    entry.count += 1;
    if (detail === undefined || entry.details.has(detail)) return;
    if (entry.details.size < mostDetails) entry.details.add(detail);
    else entry.more += 1;
  }

  /** Counts a sighting that is not looked into: there were too many of its kind already. */
  omit(): void {
    this.#beyond += 1;
  }

  /** Findings that were not told apart, for there were too many. */
  get beyond(): number {
    return this.#beyond;
  }

  diagnostics(): readonly Diagnostic[] {
    return [...this.#entries.values()].map(({ code, draft, details, more, count }) => {
      const { message, range, related = [], help } = draft;
      const shown = [...details].slice(0, detailsShown);
      const rest = details.size - shown.length + more;
      return diagnostic(code, {
        message: count === 1 ? message : `${message}; seen ${plural(count, 'time')}`,
        ...{ range, related },
        help: typeof help === 'function' ? help(shown, rest) : help,
      });
    });
  }
}

/** `a, b and 3 more`. */
export function listed(details: readonly string[], more: number): string {
  const names = details.map((each) => `\`${each}\``).join(', ');
  return more === 0 ? names : `${names} and ${more} more`;
}
