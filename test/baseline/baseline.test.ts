import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseLoaded, type Analysis } from '../../src/analyse.js';
import { Baseline, EverythingFound, type Acceptance } from '../../src/baseline/baseline.js';
import { baselineBeside } from '../../src/baseline/beside.js';
import { printBaseline, readBaseline, type BaselineEntry } from '../../src/baseline/file.js';
import { loadSpecText } from '../../src/spec/load.js';
import { testToday } from '../support/model.js';

const head = 'version: 1\nservice: { name: shop }\n';

/** Two labels that nothing uses, and a metric whose budget is too small: findings of three severities. */
const old = `${head}labels:
  unused: { description: A., values: [a] }
budgets: { seriesPerMetric: 1 }
metrics:
  jobs_total: { type: counter, help: Jobs., labels: [kind] }
  runs_total: { type: counter, help: Runs., expires: 2026-01-31 }
`.replace('labels:\n', 'labels:\n  kind: { description: K., values: [x, y, z] }\n');

function analysis(text: string, acceptance?: Acceptance): Analysis {
  const files = new Map([['observability.yaml', text]]);
  return analyseLoaded(loadSpecText(files, 'observability.yaml'), testToday, undefined, acceptance);
}

const codes = ({ diagnostics }: Analysis): string[] => diagnostics.map(({ code }) => code).sort();

/** What `--write-baseline` would write. */
function baselineOf(text: string): string {
  const found = new EverythingFound();
  analysis(text, found);
  return printBaseline(found.entries);
}

const within = (text: string, baseline: string): Analysis =>
  analysis(text, new Baseline('.obs-gen-baseline.json', baseline));

describe('a baseline', () => {
  it('has every finding of the day on which it was written, and nothing else is said then', () => {
    expect(codes(analysis(old))).toEqual(expect.arrayContaining(['OBS3018', 'OBS3401', 'OBS3701']));
    expect(analysis(old).diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    const after = within(old, baselineOf(old));
    expect(codes(after)).toEqual([]);
    expect(after.accepted).toBe(analysis(old).diagnostics.length);
  });

  it('stays the same when lines move', () => {
    const moved = old.replace('labels:', '# a comment\n\nlabels:').replace(/^metrics:$/m, '\n\nmetrics:');
    expect(baselineOf(moved)).toBe(baselineOf(old));
    expect(codes(within(moved, baselineOf(old)))).toEqual([]);
  });

  it('does not accept what is new, not even of a kind that it has at another place', () => {
    const text = `${old}  more_total: { type: counter, help: More., labels: [kind] }\n`;
    const { diagnostics } = within(text, baselineOf(old));
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBS3401']);
    expect(diagnostics[0]?.message).toContain('more_total');
  });

  it('says where it has an entry that nothing needs any more: OBS3711', () => {
    const { diagnostics } = within(old.replace(', expires: 2026-01-31', ''), baselineOf(old));
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'OBS3711 OBS3701 does not occur at `metrics.runs_total.expires` any more',
    ]);
    const range = diagnostics[0]?.range;
    expect(range?.source.text.slice(range.start, range.end)).toBe('"metrics.runs_total.expires"');
  });

  it('counts: one finding fewer than it has is told, one more is a finding', () => {
    const twice = `{"version":1,"findings":[{"at":"metrics.runs_total.expires","code":"OBS3701","count":2}]}`;
    const text = `${head}metrics:\n  runs_total: { type: counter, help: Runs., expires: 2026-01-31 }\n`;
    expect(within(text, twice).diagnostics.map(({ message }) => message)).toEqual([
      'OBS3701 occurs 1 times at `metrics.runs_total.expires`, not 2 times',
    ]);
  });

  it('keeps quiet about its entries where errors hide what they are about', () => {
    const text = old.replace('type: counter, help: Jobs.', 'type: bar, help: Jobs.');
    expect(codes(within(text, baselineOf(old)))).not.toContain('OBS3711');
  });

  it('accepts nothing that cannot be compiled: OBS3712', () => {
    const text = `${head}alerts:\n  A: { expr: 'sum(', severity: info, summary: A }\n`;
    expect(baselineOf(text)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
    const syntax = codes(analysis(text));
    expect(syntax.length).toBeGreaterThan(0);
    const hand = `{"version":1,"findings":[{"at":"alerts.A.expr","code":"${syntax[0] ?? ''}"},{"at":"x","code":"OBS0000"}]}`;
    expect(codes(within(text, hand))).toEqual(['OBS3712', 'OBS3712', ...syntax].sort());
  });

  it.each([
    ['nothing', '', 'no JSON'],
    ['a list', '[]', 'no object'],
    ['another version', '{"version":2,"findings":[]}', '"version": 1'],
    ['no findings', '{"version":1}', 'no list of `findings`'],
    ['an entry without a code', '{"version":1,"findings":[{"at":"x"}]}', 'lacks `at` or `code`'],
    ['a count of nothing', '{"version":1,"findings":[{"at":"x","code":"OBS3701","count":0}]}', 'above 0'],
  ])('that is %s is an error and accepts nothing: OBS3710', (_, text, message) => {
    const found = within(old, text);
    const fault = found.diagnostics.find(({ code }) => code === 'OBS3710');
    expect(fault?.severity).toBe('error');
    expect(fault?.message).toContain(message);
    expect(found.diagnostics.length).toBe(1 + beginningOf(old));
  });

  it('is read as it was printed, sorted, whatever stands in it', () => {
    const entry = fc.record({ at: fc.string(), code: fc.string(), count: fc.integer({ min: 1, max: 9 }) });
    const key = ({ at, code }: BaselineEntry): string => JSON.stringify([at, code]);
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: key }), (entries) => {
        const text = printBaseline(entries);
        expect(printBaseline([...entries].reverse())).toBe(text);
        const { value, diagnostics } = readBaseline('b.json', text);
        expect(diagnostics).toEqual([]);
        expect(value?.map(({ at, code, count }) => ({ at, code, count }))).toEqual(
          [...entries].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.code < b.code ? -1 : 1)),
        );
      }),
    );
  });
});

describe('the file of a baseline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-baseline-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const spec = join(folder, 'observability.yaml');
  const path = join(folder, '.obs-gen-baseline.json');

  it('is looked for beside the spec, and need not be there', () => {
    expect(baselineBeside(spec)).toBeUndefined();
    expect(baselineBeside(join(spec, 'below/a/file'))).toBeUndefined();
    writeFileSync(path, `\ufeff${baselineOf(old)}`);
    expect(codes(analysis(old, baselineBeside(spec)))).toEqual([]);
  });

  it.each([
    [
      'a folder',
      () => {
        mkdirSync(path);
      },
      'it is a folder',
    ],
    [
      'a link that leads nowhere',
      () => {
        symlinkSync(join(folder, 'gone'), path);
      },
      'there is no such file',
    ],
    [
      'no UTF-8',
      () => {
        writeFileSync(path, Buffer.from([0x7b, 0xff]));
      },
      'is not valid UTF-8',
    ],
  ])('that is %s is an error like one that is malformed', (_, make, message) => {
    rmSync(path, { recursive: true, force: true });
    make();
    const { diagnostics } = analysis(head, baselineBeside(spec, folder));
    expect(diagnostics.map(({ code }) => code)).toEqual(['OBS3710']);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.range?.source.path).toBe('.obs-gen-baseline.json');
  });
});

/** Findings before dashboards are built: an error stops the analysis there. */
function beginningOf(text: string): number {
  return analysis(text).diagnostics.length;
}
