import type { OutputHashes } from './drift/hash.js';
import type { Places } from './places.js';
import type { Answered } from './run.js';
import { verdicts, type Verdict } from './verdict.js';

/** One check in the report. */
export interface CheckReport {
  readonly id: string;
  readonly question: string;
  readonly verdict: Verdict;
  readonly seen: string;
  readonly todo?: string;
  readonly details?: readonly string[];
}

/** What `--format json` prints. Members may be added; what is here stays. */
export interface DoctorReport {
  readonly version: 1;
  readonly service: string;
  /** Hashes of what the spec compiles to now. */
  readonly spec: OutputHashes;
  /** The parts of the stack, and where each was asked. */
  readonly parts: readonly { readonly name: string; readonly url: string; readonly from: string }[];
  readonly checks: readonly CheckReport[];
  /** How many checks came to each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly seconds: number;
}

export interface ReportContext {
  readonly service: string;
  readonly hashes: OutputHashes;
  readonly places: Places;
  readonly seconds: number;
}

/** The report of what was asked, in the order of the checks. */
export function reportOf(answered: readonly Answered[], context: ReportContext): DoctorReport {
  const { service, hashes, places, seconds } = context;
  const checks = answered.map(({ check, outcome }): CheckReport => {
    const { verdict, seen, todo, details } = outcome;
    return {
      id: check.id,
      question: check.question,
      verdict,
      seen,
      ...(todo === undefined ? {} : { todo }),
      ...(details === undefined ? {} : { details }),
    };
  });
  const count = (verdict: Verdict): number => checks.filter((each) => each.verdict === verdict).length;
  return {
    version: 1,
    service,
    spec: hashes,
    parts: [...places.values()].map(({ name, url, from }) => ({ name, url, from })),
    checks,
    counts: Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Record<
      Verdict,
      number
    >,
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** @param strict whether a warning is a finding */
export function hasFindings({ counts }: DoctorReport, strict: boolean): boolean {
  return counts.failed > 0 || (strict && counts.warning > 0);
}
