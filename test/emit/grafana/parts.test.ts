import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PanelContent } from '../../../src/emit/grafana/dashboard.js';
import { place, type Block, type Shape } from '../../../src/emit/grafana/layout.js';
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
  const block = fc
    .constantFrom<Shape>('text', 'number', 'bar', 'graph', 'page')
    .map((shape): Block => ({ kind: 'panel', shape, draw: () => content }));
  const line: Block = {
    kind: 'line',
    height: 8,
    panels: [6, 6, 12].map((width) => ({ width, draw: () => content })),
  };
  const rows = fc.array(
    fc.record({
      title: fc.string(),
      blocks: fc.array(fc.oneof(block, fc.constant(line)), { minLength: 1, maxLength: 12 }),
    }),
    { maxLength: 5 },
  );

  it('fills every line from edge to edge, without a gap or an overlap', () => {
    fc.assert(
      fc.property(rows, (input) => {
        const placed = place(input);
        expect(placed.map(({ id }) => id)).toEqual(placed.map((_, index) => index + 1));
        let y = 0;
        for (let index = 0; index < placed.length;) {
          const first = present(placed[index]).gridPos;
          expect(first).toMatchObject({ x: 0, y });
          let x = 0;
          while (index < placed.length && present(placed[index]).gridPos.y === y) {
            const { gridPos } = present(placed[index]);
            expect(gridPos).toMatchObject({ x, h: first.h });
            x += gridPos.w;
            index += 1;
          }
          expect(x).toBe(24);
          y += first.h;
        }
      }),
    );
  });

  it.each([
    [1, [24]],
    [2, [12, 12]],
    [3, [8, 8, 8]],
    [4, [6, 6, 6, 6]],
    [5, [8, 8, 8, 12, 12]],
    [8, [6, 6, 6, 6, 6, 6, 6, 6]],
    [9, [8, 8, 8, 8, 8, 8, 8, 8, 8]],
  ])('%i panels', (count, widths) => {
    const blocks = Array.from({ length: count }, (): Block => ({
      kind: 'panel',
      shape: 'graph',
      draw: () => content,
    }));
    expect(
      place([{ title: 'r', blocks }])
        .slice(1)
        .map(({ gridPos }) => gridPos.w),
    ).toEqual(widths);
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
