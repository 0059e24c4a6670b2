import { describe, expect, it } from 'vitest';
import { renderPretty } from '../../../src/diagnostics/render/pretty.js';
import { isBreaking } from '../../../src/inspect/diff/change.js';
import { differenceOf } from './support.js';

const old = `version: 1
service: { name: shop, owner: team }
labels:
  outcome: { description: How it ended., values: [completed, failed] }
metrics:
  shop_pages_total: { type: counter, help: Pages., labels: [outcome] }
  shop_runs_total: { type: counter, help: Runs., labels: [outcome] }
`;

/** The spec without one of its metrics, which it accepts in some way. */
function without(...changes: readonly string[]): string {
  const entries = changes.map((change) => `  - ${change}\n`).join('');
  return old.replace(/ {2}shop_pages_total.*\n/, '') + (entries === '' ? '' : `changes:\n${entries}`);
}

const text = (now: string): string => renderPretty(differenceOf(old, now).diagnostics, { color: false });

describe('an accepted change', () => {
  it('does not break, in the classes that are named', () => {
    const all =
      '{ at: metrics.shop_pages_total, allow: [CODE, SERIES, QUERY], reason: nobody reads it, until: 2027-03-31 }';
    const { breaking, changes, diagnostics } = differenceOf(old, without(all));
    expect(breaking).toBe(false);
    expect(changes.map(({ at, allowance }) => [at, allowance?.reason])).toEqual([
      ['metrics.shop_pages_total', 'nobody reads it'],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('breaks in the others', () => {
    const some =
      '{ at: metrics.shop_pages_total, allow: [SERIES, QUERY], reason: nobody reads it, until: 2027-03-31 }';
    expect(differenceOf(old, without(some)).breaking).toBe(true);
    const more = '{ at: metrics, allow: [CODE], reason: the caller is gone, until: 2027-03-31 }';
    expect(differenceOf(old, without(some, more)).breaking).toBe(false);
  });

  it('is of the place that is named, and of nothing that only begins alike', () => {
    const other =
      '{ at: metrics.shop_pages, allow: [CODE, SERIES, QUERY], reason: nobody reads it, until: 2027-03-31 }';
    const { changes, diagnostics } = differenceOf(old, without(other));
    expect(changes.filter(isBreaking)).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBS3081']);
  });

  it('is over on its day', () => {
    const past =
      '{ at: metrics.shop_pages_total, allow: [CODE, SERIES, QUERY], reason: nobody reads it, until: 2026-11-20 }';
    expect(differenceOf(old, without(past)).breaking).toBe(true);
    expect(text(without(past))).toMatchInlineSnapshot(`
      "warning[OBS3080]: the change at \`metrics.shop_pages_total\` was accepted until 2026-11-20
       --> observability.yaml:8:99
        |
      6 |   shop_runs_total: { type: counter, help: Runs., labels: [outcome] }
      7 | changes:
      8 | …etrics.shop_pages_total, allow: [CODE, SERIES, QUERY], reason: nobody reads it, until: 2026-11-20 }
        |                                                                                         ^^^^^^^^^^
        |
        = help: make the change or accept it anew; the reason was: nobody reads it

      1 warning
      "
    `);
  });

  it('that breaks nothing is told', () => {
    const idle = '{ at: metrics.shop_runs_total, allow: [SERIES], reason: it was to go, until: 2027-03-31 }';
    expect(text(`${old}changes:\n  - ${idle}\n`)).toMatchInlineSnapshot(`
      "warning[OBS3081]: nothing at \`metrics.shop_runs_total\` breaks SERIES
       --> observability.yaml:9:11
        |
      7 |   shop_runs_total: { type: counter, help: Runs., labels: [outcome] }
      8 | changes:
      9 |   - { at: metrics.shop_runs_total, allow: [SERIES], reason: it was to go, until: 2027-03-31 }
        |           ^^^^^^^^^^^^^^^^^^^^^^^
        |
        = help: remove the entry: the change is merged, or was taken back

      1 warning
      "
    `);
    // OBS3080 is said of an end, OBS3081 of what is idle.
    expect(differenceOf(old, `${old}changes:\n  - ${idle}\n`).diagnostics[0]?.severity).toBe('warning');
  });
});
