import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js';
import { bySource, withoutOverlaps } from './text-edits.js';

/** Rank of a finding: of two whose fixes overlap, the worse is mended first. */
const rank = { error: 0, warning: 1, info: 2 } as const;

/**
 * The fixes of findings that can be applied together: none in presets, which belong to obs-gen, and of several that overlap one. What one
 * fix leaves open, the next look at the spec finds.
 */
export function fixable(diagnostics: readonly Diagnostic[]): readonly Fix[] {
  const ordered = [...diagnostics].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const fixes = ordered.flatMap(({ fix }) => (fix === undefined || isPreset(fix) ? [] : [fix]));
  return [...bySource(fixes).values()].flatMap((ofSource) => withoutOverlaps(distinct(ofSource)));
}

/** Whether a fix would change a text of obs-gen's own. */
function isPreset({ range }: Fix): boolean {
  return range.source.path.startsWith('obs-gen:');
}

/** Two findings may have one and the same fix. */
function distinct(fixes: readonly Fix[]): readonly Fix[] {
  const seen = new Set<string>();
  return fixes.filter(({ range, text }) => {
    const key = JSON.stringify([range.start, range.end, text]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
