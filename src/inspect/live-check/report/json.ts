import { renderJson } from '../../../diagnostics/render/json.js';
import { shareOf } from '../coverage.js';
import type { LiveCheckResult } from '../live-check.js';
import { labelRows } from './label-rows.js';

/** The report for programs: diagnostics as every command prints them, coverage and labels. */
export function liveCheckJson(
  service: string,
  { diagnostics, coverage, external, observed, counts, accepted }: LiveCheckResult,
): string {
  const printed = JSON.parse(renderJson(diagnostics)) as { readonly diagnostics: unknown };
  const report = {
    service,
    looked: { ...counts },
    coverage: coverage.map((each) => ({
      signal: each.signal,
      share: Math.floor(shareOf(each) * 10_000) / 10_000,
      seen: each.seen,
      unseen: each.unseen,
    })),
    external: { ...external },
    labels: labelRows(observed).map((row) => ({
      ...{ label: row.key, wire: row.wire, kind: row.kind, values: row.seen, isAtLeast: row.isAtLeast },
      ...{ bound: row.bound, overflow: row.hasOverflow, suggestedCap: row.suggested, metrics: row.metrics },
    })),
    accepted,
    diagnostics: printed.diagnostics,
  };
  // Not by the printer of generated files: texts that came from outside may hold halves of characters, which it refuses.
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
