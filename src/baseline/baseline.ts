import { isDiagnosticCode } from '../diagnostics/catalogue.js';
import { diagnostic, hasErrors } from '../diagnostics/create.js';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { isSuppressible } from '../model/checks/suppress.js';
import type { LoadedSpec } from '../spec/loaded.js';
import { printBaseline, readBaseline, type BaselineEntry, type ReadEntry } from './file.js';
import { placeOf } from './place.js';

/** Takes findings out that somebody accepts. It is asked more than once in an analysis, each time about all that was found. */
export interface Acceptance {
  accept(findings: readonly Diagnostic[], loaded: LoadedSpec): readonly Diagnostic[];
  /** What is to be said of the acceptance itself, once the analysis is over. */
  leftovers(left: readonly Diagnostic[]): readonly Diagnostic[];
  /** How many findings were taken out the last time. */
  readonly accepted: number;
}

function keyOf({ at, code }: Pick<BaselineEntry, 'at' | 'code'>): string {
  return JSON.stringify([at, code]);
}

/** Whether a finding can stand in a baseline: it has a place, and leaves behind what can be compiled. */
function isAcceptable({ code, range }: Diagnostic): boolean {
  return range !== undefined && isSuppressible(code);
}

/** The entries that stand for some findings; those that no baseline can have are left out. */
function entriesFor(
  findings: readonly Diagnostic[],
  { root }: LoadedSpec,
): ReadonlyMap<string, BaselineEntry> {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    if (!isAcceptable(finding) || finding.range === undefined) continue;
    const entry = { at: placeOf(root, finding.range), code: finding.code, count: 1 };
    const known = entries.get(keyOf(entry));
    entries.set(keyOf(entry), { ...entry, count: (known?.count ?? 0) + 1 });
  }
  return entries;
}

/** The findings that were there when a project began to use obs-gen: what is new is reported, what is gone is asked to be removed. */
export class Baseline implements Acceptance {
  readonly #entries: readonly ReadEntry[];
  #faults: readonly Diagnostic[];
  #seen: ReadonlyMap<string, BaselineEntry> = new Map();
  accepted = 0;

  /**
   * @param path as people know it
   * @param text the file; one that cannot be read accepts nothing
   */
  constructor(path: string, text: string) {
    const { value, diagnostics } = readBaseline(path, text);
    this.#entries = value ?? [];
    this.#faults = diagnostics;
  }

  /** One of a file as it was read; where the system or its encoding was in the way, it accepts nothing and says so (OBS3710). */
  static of({ value, diagnostics }: Outcome<SourceFile>): Baseline {
    if (value !== undefined) return new Baseline(value.path, value.text);
    const empty = new Baseline('', printBaseline([]));
    empty.#faults = diagnostics.map(({ message, range }) =>
      diagnostic('OBS3710', {
        message,
        range,
        help: 'write it anew with `obs-gen validate --write-baseline`, or remove it',
      }),
    );
    return empty;
  }

  accept(findings: readonly Diagnostic[], loaded: LoadedSpec): readonly Diagnostic[] {
    this.#seen = entriesFor(findings, loaded);
    const left = new Map(this.#entries.map((entry) => [keyOf(entry), entry.count]));
    const kept = findings.filter((finding) => {
      if (!isAcceptable(finding) || finding.range === undefined) return true;
      const key = keyOf({ at: placeOf(loaded.root, finding.range), code: finding.code });
      const count = left.get(key) ?? 0;
      left.set(key, count - 1);
      return count <= 0;
    });
    this.accepted = findings.length - kept.length;
    // A file that cannot be read is an error like any other: nothing is written as if it accepted nothing.
    return [...kept, ...this.#faults];
  }

  leftovers(left: readonly Diagnostic[]): readonly Diagnostic[] {
    // Where an error is left, not everything was looked for.
    const isWhole = !hasErrors(left);
    return this.#entries.flatMap((entry) => this.#leftover(entry, isWhole) ?? []);
  }

  #leftover({ at, code, count, range }: ReadEntry, isWhole: boolean): Diagnostic | undefined {
    if (!isDiagnosticCode(code) || !isSuppressible(code)) {
      return diagnostic('OBS3712', {
        message: isDiagnosticCode(code)
          ? `${code} cannot be accepted by a baseline`
          : `there is no finding with the code ${code}`,
        range,
        help: 'remove the entry',
      });
    }
    const found = this.#seen.get(keyOf({ at, code }))?.count ?? 0;
    if (!isWhole || found >= count) return undefined;
    return diagnostic('OBS3711', {
      message:
        found === 0
          ? `${code} does not occur at \`${at}\` any more`
          : `${code} occurs ${found} times at \`${at}\`, not ${count} times`,
      range,
      help: 'write the baseline anew with --write-baseline, or correct the entry',
    });
  }
}

/** Accepts everything that a baseline can have, and says what that was. */
export class EverythingFound implements Acceptance {
  #entries: readonly BaselineEntry[] = [];
  accepted = 0;

  get entries(): readonly BaselineEntry[] {
    return this.#entries;
  }

  accept(findings: readonly Diagnostic[], loaded: LoadedSpec): readonly Diagnostic[] {
    this.#entries = [...entriesFor(findings, loaded).values()];
    const kept = findings.filter((each) => !isAcceptable(each));
    this.accepted = findings.length - kept.length;
    return kept;
  }

  leftovers(): readonly Diagnostic[] {
    return [];
  }
}
