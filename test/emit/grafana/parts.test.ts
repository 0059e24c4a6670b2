import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GrafanaPanel, GrafanaRow, GridPos, PanelContent } from '../../../src/emit/grafana/dashboard.js';
import { place, type Block } from '../../../src/emit/grafana/layout.js';
import type { Size } from '../../../src/emit/grafana/lines.js';
import type { Panel } from '../../../src/model/model.js';
import {
  limitWords,
  opposite,
  thresholdSteps,
  watched,
  type Limit,
} from '../../../src/emit/grafana/thresholds.js';
import { dashboardUid } from '../../../src/emit/grafana/uid.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { printPromql } from '../../../src/promql/print.js';
import { present } from './specs.js';

describe('uids', () => {
  const slug = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,59}$/);

  it('are short enough for Grafana, and different for different dashboards', () => {
    fc.assert(
      fc.property(slug, slug, slug, (service, one, other) => {
        fc.pre(one !== other);
        const uids = [one, other].map((name) => dashboardUid(service, name));
        for (const uid of uids) expect(uid).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
        expect(uids[0]).not.toBe(uids[1]);
      }),
    );
  });

  it('are readable', () => {
    expect(dashboardUid('research-agent', 'overview')).toBe('research-agent-overview');
    expect(dashboardUid('a-very-long-service-name-of-some-team', 'overview')).toMatch(
      /^a-very-long-service-name-of-som-[0-9a-f]{8}$/,
    );
  });
});

describe('layout', () => {
  const content: PanelContent = {
    type: 'x',
    title: 't',
    description: 'd',
    fieldConfig: { defaults: {}, overrides: [] },
    links: [],
    options: {},
  };
  const panel = { title: 'P' } as Panel;
  const sizes: Record<string, Size> = {
    number: { least: 4, wanted: 6, height: 4 },
    graph: { least: 8, wanted: 12, height: 9 },
    page: { least: 24, wanted: 24, height: 11 },
  };
  const sized = (size: Size): Block => ({ panel, drawn: { kind: 'panel', size, draw: () => content } });
  const size = fc
    .record({
      least: fc.integer({ min: 1, max: 24 }),
      more: fc.nat(12),
      height: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ least, more, height }): Size => ({ least, wanted: Math.min(24, least + more), height }));
  const lines: Block = {
    panel,
    drawn: {
      kind: 'lines',
      lines: [6, 8].map((height) => ({
        height,
        panels: [6, 6, 12].map((width) => ({ width, draw: () => content })),
      })),
    },
  };
  const rows = fc.array(
    fc.record({
      title: fc.string(),
      collapsed: fc.boolean(),
      blocks: fc.array(fc.oneof(size.map(sized), fc.constant(lines)), { minLength: 1, maxLength: 12 }),
    }),
    { maxLength: 5 },
  );

  function closed(row: GrafanaRow | GrafanaPanel): readonly GrafanaPanel[] {
    return 'collapsed' in row ? row.panels : [];
  }

  /** Walks over lines from edge to edge, and gives where they end. */
  function endOf(panels: readonly { readonly gridPos: GridPos }[], top: number): number {
    let y = top;
    for (let index = 0; index < panels.length;) {
      const first = present(panels[index]).gridPos;
      let x = 0;
      for (; index < panels.length && present(panels[index]).gridPos.y === y; index += 1) {
        const { gridPos } = present(panels[index]);
        expect(gridPos).toMatchObject({ x, h: first.h });
        x += gridPos.w;
      }
      expect(x).toBe(24);
      y += first.h;
    }
    return y;
  }

  it('fills every line from edge to edge, without a gap or an overlap, and numbers all panels', () => {
    fc.assert(
      fc.property(rows, (input) => {
        const { panels, origins } = place(input);
        const all = panels.flatMap((each) => [each, ...closed(each)]);
        expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
        expect(all.filter(({ id }) => origins.has(id))).toEqual(all.filter(({ type }) => type !== 'row'));
        endOf(panels, 0);
        for (const row of panels) endOf(closed(row), row.gridPos.y + 1);
      }),
    );
  });

  it('gives no panel less than it can be read in', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 12 }), (input) => {
        const { panels } = place([{ title: 'r', blocks: input.map(sized) }]);
        panels.slice(1).forEach(({ gridPos }, index) => {
          expect(gridPos.w).toBeGreaterThanOrEqual(present(input[index]).least);
          expect(gridPos.h).toBeGreaterThanOrEqual(present(input[index]).height);
        });
      }),
    );
  });

  it.each([
    ['g', [24]],
    ['gg', [12, 12]],
    ['ggg', [8, 8, 8]],
    ['gggg', [12, 12, 12, 12]],
    ['ggggg', [8, 8, 8, 12, 12]],
    ['nnnn', [6, 6, 6, 6]],
    ['nnnnnn', [4, 4, 4, 4, 4, 4]],
    ['nnnngg', [6, 6, 6, 6, 12, 12]],
    ['gn', [16, 8]],
    ['ggpn', [12, 12, 24, 24]],
  ])('%s', (names, widths) => {
    const of: Record<string, string> = { g: 'graph', n: 'number', p: 'page' };
    const blocks = Array.from(names).map((name) => sized(present(sizes[of[name] ?? ''])));
    const { panels } = place([{ title: 'r', blocks }]);
    expect(panels.slice(1).map(({ gridPos }) => gridPos.w)).toEqual(widths);
  });
});

describe('what an alert watches', () => {
  it.each<[string, string, Limit | undefined]>([
    ['x > 5', 'x', { value: 5, bad: '>' }],
    ['(((x) <= -5))', 'x', { value: -5, bad: '<=' }],
    ['5 < x', 'x', { value: 5, bad: '>' }],
    ['time() - x > 6 * 3600', 'time() - x', { value: 21600, bad: '>' }],
    ['sum(a) / (sum(b) > 0) > 0.05', 'sum(a) / (sum(b) > 0)', { value: 0.05, bad: '>' }],
    ['x > 5 and y > 20', 'x', { value: 5, bad: '>' }],
    ['x > 5 unless y', 'x', { value: 5, bad: '>' }],
    ['x > 5 or y > 5', 'x or y', { value: 5, bad: '>' }],
    ['x > 5 or y > 6', 'x or y', undefined],
    ['x > y', 'x', undefined],
    ['absent(x)', 'absent(x)', undefined],
    ['x > bool 5', 'x > bool 5', undefined],
    ['count(x > 5) > 0', 'count(x > 5)', { value: 0, bad: '>' }],
    ['x == 0', 'x', { value: 0, bad: '==' }],
  ])('%s', (text, shown, limit) => {
    const found = watched(present(parsePromql(text).expr));
    expect(printPromql(found.expr)).toBe(shown);
    expect(found.limit).toEqual(limit);
  });

  it('names the other side of a comparison of two series', () => {
    const { bound } = watched(present(parsePromql('x > 3 * y').expr));
    expect(bound && printPromql(bound)).toBe('3 * y');
  });
});

describe('threshold steps', () => {
  /** The colour that Grafana gives to a value: that of the last step not above it. */
  const colour = (limit: Limit, value: number): string | undefined =>
    thresholdSteps(limit).findLast((step) => step.value === null || step.value <= value)?.color;

  it.each<[Limit, number, string]>([
    [{ value: 0, bad: '>' }, 0, 'green'],
    [{ value: 0, bad: '>' }, 1, 'red'],
    [{ value: 500, bad: '>' }, 499, 'green'],
    [{ value: 500, bad: '>' }, 501, 'red'],
    [{ value: 500, bad: '>=' }, 500, 'red'],
    [{ value: 0.5, bad: '<' }, 0.4, 'red'],
    [{ value: 0.5, bad: '<' }, 0.5, 'green'],
    [{ value: 0, bad: '<=' }, 0, 'red'],
    [{ value: 0, bad: '<=' }, 1, 'green'],
    [{ value: 0, bad: '==' }, 0, 'red'],
    [{ value: 0, bad: '==' }, 1, 'green'],
    [{ value: 1, bad: '==' }, 1, 'red'],
    [{ value: 1, bad: '!=' }, 0, 'red'],
    [{ value: 1, bad: '!=' }, 1, 'green'],
    [{ value: 0, bad: '!=' }, 0, 'green'],
    [{ value: 0, bad: '!=' }, 2, 'red'],
  ])('%j at %d is %s', (limit, value, expected) => {
    expect(colour(limit, value)).toBe(expected);
  });

  it('are said in words', () => {
    expect(limitWords({ value: 0.07, bad: '>' }, 'percentunit')).toBe('above 7 %');
    expect(limitWords(opposite({ value: 5, bad: '>' }), 's')).toBe('at or below 5 s');
  });
});
