import { describe, expect, it } from 'vitest';
import type { GrafanaDashboard } from '../../../src/emit/grafana/dashboard.js';
import type { Board, Panel, Variable } from '../../../src/preview/page/board.js';
import { calculate } from '../../../src/preview/page/format/calcs.js';
import {
  colourOf,
  contrast,
  paletteColour,
  readable,
  textOn,
} from '../../../src/preview/page/format/colours.js';
import { shownText, shownValue } from '../../../src/preview/page/format/display.js';
import { fieldOf } from '../../../src/preview/page/format/field.js';
import { parseMarkdown, safeUrl } from '../../../src/preview/page/format/markdown.js';
import { stepOf } from '../../../src/preview/page/format/thresholds.js';
import { stacked } from '../../../src/preview/page/panels/stacking.js';
import { addressOf, previewUrl, searchOf } from '../../../src/preview/page/parts/url.js';
import { sortedTable, tableOf, transformed } from '../../../src/preview/page/query/table.js';
import {
  choiceParameters,
  choicesOf,
  labelQuery,
  stepsOf,
} from '../../../src/preview/page/query/variables.js';

const panel = (fieldConfig: NonNullable<Panel['fieldConfig']>): Panel => ({
  id: 1,
  type: 'stat',
  title: 't',
  gridPos: { h: 1, w: 1, x: 0, y: 0 },
  fieldConfig,
});

describe('what the page reads', () => {
  it('is what the emitter writes', () => {
    // Held together by the types: this does not compile where the emitter writes what the page cannot read.
    const read = (written: GrafanaDashboard): Board => written;
    expect(read).toBeTypeOf('function');
  });
});

describe('fields', () => {
  const shown = panel({
    defaults: { unit: 's', custom: { lineWidth: 1, fillOpacity: 10 } },
    overrides: [
      { matcher: { id: 'byName', options: 'p99' }, properties: [{ id: 'unit', value: 'ms' }] },
      { matcher: { id: 'byRegexp', options: '/^p9/' }, properties: [{ id: 'custom.lineWidth', value: 3 }] },
      { matcher: { id: 'byFrameRefID', options: 'B' }, properties: [{ id: 'decimals', value: 4 }] },
    ],
  });

  it('have the overrides that match them, over what the panel says', () => {
    expect(fieldOf(shown, { name: 'p99', refId: 'A' })).toMatchObject({
      unit: 'ms',
      custom: { lineWidth: 3, fillOpacity: 10 },
    });
    expect(fieldOf(shown, { name: 'p50', refId: 'B' })).toMatchObject({ unit: 's', decimals: 4 });
  });

  it('take the colour of the step that a value is in', () => {
    const steps = [
      { color: 'green', value: null },
      { color: 'red', value: 0.05 },
    ];
    expect([0.01, 0.05, 1].map((value) => stepOf(steps, value)?.color)).toEqual(['green', 'red', 'red']);
  });

  it('show what a mapping says instead of a value', () => {
    const mappings = [
      { type: 'value', options: { '1': { text: 'yes', color: 'green' } } },
      { type: 'special', options: { match: 'nan', result: { text: 'no traffic' } } },
    ];
    expect(shownValue({ mappings }, 1, 0, 'dark')).toMatchObject({
      text: 'yes',
      colour: colourOf('green', 'dark'),
    });
    expect(shownText({ mappings, unit: 's' }, Number.NaN)).toBe('no traffic');
    expect(shownText({ noValue: 'none' }, null)).toBe('none');
  });
});

describe('calculations', () => {
  it('leave out what is no number', () => {
    const values = [null, 1, Number.NaN, 3, null];
    expect(['lastNotNull', 'mean', 'max', 'min', 'sum'].map((calc) => calculate(calc, values))).toEqual([
      3, 2, 3, 1, 4,
    ]);
  });

  it('tell no value from a value that is no number', () => {
    expect(calculate('lastNotNull', [null, null])).toBeNull();
    expect(calculate('mean', [null, Number.NaN])).toBeNaN();
  });

  it('stack series on those that are shown', () => {
    expect(
      stacked(
        [
          [1, 2],
          [10, null],
          [100, 100],
        ],
        [true, false, true],
      ),
    ).toEqual([
      [1, 2],
      [10, null],
      [101, 102],
    ]);
  });
});

describe('colours', () => {
  it.each(['dark', 'light'] as const)('can be read as text on the %s panel', (theme) => {
    const background = theme === 'dark' ? '#181b1f' : '#ffffff';
    for (let index = 0; index < 32; index += 1) {
      const colour = paletteColour(index, theme);
      expect(contrast(readable(colour, background), background)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(textOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('markdown', () => {
  it('reads paragraphs, lists, code and links', () => {
    const blocks = parseMarkdown('What `x` is.\n\n- a: **bold**\n- b\n\n[Runbook](https://e.example/x)');
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'list', 'paragraph']);
    expect(blocks[2]).toEqual({
      kind: 'paragraph',
      content: [{ kind: 'link', url: 'https://e.example/x', content: [{ kind: 'text', text: 'Runbook' }] }],
    });
  });

  it('takes markup for text', () => {
    expect(parseMarkdown('<b>x</b> &lt;i>')).toEqual([
      { kind: 'paragraph', content: [{ kind: 'text', text: '<b>x</b> <i>' }] },
    ]);
  });

  it('follows no address that runs something', () => {
    expect(safeUrl('javascript:alert(1)')).toBeUndefined();
    expect(safeUrl(' JaVaScRiPt:alert(1)')).toBeUndefined();
    expect(safeUrl('//elsewhere.example')).toBeUndefined();
    expect(safeUrl('data:text/html,x')).toBeUndefined();
    expect(safeUrl('https://e.example')).toBe('https://e.example');
    expect(safeUrl('/d/uid')).toBe('/d/uid');
  });
});

describe('tables', () => {
  const row = (metric: Record<string, string>, value: string) => ({ metric, value: [1, value] as const });
  const tables = [
    tableOf([row({ model: 'a' }, '1'), row({ model: 'b' }, '2')], 'A', false),
    tableOf([row({ model: 'b' }, '20'), row({ model: 'c' }, '30')], 'B', false),
  ];

  it('are merged, renamed, ordered and narrowed', () => {
    const { columns, rows } = transformed(tables, [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          renameByName: { 'Value #A': 'rate', 'Value #B': 'p95' },
          indexByName: { 'Value #B': 1, model: 0, 'Value #A': 2 },
        },
      },
    ]);
    expect(columns.map(({ name }) => name)).toEqual(['model', 'p95', 'rate']);
    expect(rows).toEqual([
      ['a', null, 1],
      ['b', 20, 2],
      ['c', 30, null],
    ]);
  });

  it('are sorted by numbers as numbers', () => {
    const [table] = [tableOf([row({ m: 'x' }, '9'), row({ m: 'y' }, '10')], 'A', true)];
    expect(sortedTable(table, 'Value', true).rows.map((each) => each[1])).toEqual(['y', 'x']);
  });
});

describe('variables and the address', () => {
  const query = (name: string, text: string): Variable => ({
    type: 'query',
    name,
    query: text,
    allValue: '.+',
    multi: true,
    current: { text: ['All'], value: ['$__all'] },
  });
  const variables = [
    query('model', 'label_values(calls{job=~"$job",instance=~"$instance"}, model)'),
    query('job', 'label_values(calls, job)'),
    query('instance', 'label_values(calls{job=~"$job"}, instance)'),
  ];

  it('are asked for after those that they depend on', () => {
    expect(stepsOf(variables).map((step) => step.map(({ name }) => name))).toEqual([
      ['job'],
      ['instance'],
      ['model'],
    ]);
  });

  it('ask for the values of a label', () => {
    expect(labelQuery('label_values(a{b=~"c,d"}, e)')).toEqual({ selector: 'a{b=~"c,d"}', label: 'e' });
    expect(labelQuery('label_values(job)')).toEqual({ selector: undefined, label: 'job' });
    expect(labelQuery('metrics(.*)')).toBeUndefined();
  });

  it('stand in the address where they differ from what the dashboard says', () => {
    const choices = choicesOf(variables, new URLSearchParams('var-job=a&var-job=b&var-model=$__all'));
    expect(choices.get('job')).toEqual(['a', 'b']);
    expect(choices.get('model')).toBeUndefined();
    expect(choiceParameters(variables, choices)).toEqual([
      ['var-job', 'a'],
      ['var-job', 'b'],
    ]);
  });

  it('survive the way into the address and back', () => {
    const search = searchOf({
      dashboard: 'x',
      time: { from: 'now-6h', to: 'now' },
      theme: 'light',
      kiosk: true,
      rows: undefined,
      refresh: undefined,
      variables: [],
    });
    expect(addressOf(new URLSearchParams(search))).toEqual({
      dashboard: 'x',
      time: { from: 'now-6h', to: 'now' },
      theme: 'light',
      kiosk: true,
      refresh: undefined,
    });
  });

  it('lead from a link of Grafana to the dashboard in the preview', () => {
    const uids = new Map([['slo-success', 'slo-success']]);
    expect(previewUrl('/d/panels-slo-success?from=1&to=2', uids)).toBe('/?dashboard=slo-success&from=1&to=2');
    expect(previewUrl('/explore?x', uids)).toBe('/explore?x');
  });
});
