import { describe, expect, it } from 'vitest';
import { analyseLoaded } from '../../../src/analyse.js';
import type { LiveCheckResult } from '../../../src/inspect/live-check/live-check.js';
import { loadSpecText } from '../../../src/spec/load.js';
import { testToday } from '../../support/model.js';
import { checkoutSpec, checkPages } from './support.js';

function analysis(suppress: string) {
  const files = new Map([['observability.yaml', `${checkoutSpec}suppress:\n${suppress}`]]);
  return analyseLoaded(loadSpecText(files, 'observability.yaml'), testToday);
}

/** What comes of a page that is held against the service with entries of `suppress`. */
function check(page: string, suppress: string): LiveCheckResult {
  const { model, loaded, diagnostics } = analysis(suppress);
  expect(diagnostics.filter(({ code }) => /^OBS(?:1|2|305)/.test(code))).toEqual([]);
  if (model === undefined) throw new Error('the spec has no model');
  return checkPages([page], { model, loaded });
}

const said = ({ diagnostics }: LiveCheckResult): string[] =>
  diagnostics.filter(({ severity }) => severity !== 'info').map(({ code, message }) => `${code} ${message}`);

const entry = (code: string, at: string, more = ''): string =>
  `  - { code: ${code}, at: ${at}, reason: the old client is still there${more} }\n`;
const gauge = '# TYPE runs_total gauge\nruns_total{outcome="completed"} 1\n';
const right = '# TYPE runs_total counter\nruns_total{outcome="completed"} 1\n';
const oddValue = '# TYPE runs_total counter\nruns_total{outcome="odd"} 1\n';

describe('findings of a running service that the spec accepts', () => {
  it('are left out and counted, at the metric or at the label that they are about', () => {
    expect(said(check(gauge, entry('OBS6015', 'metrics.runs_total')))).toEqual([
      'OBS6012 `runs_total` is a gauge, and declared as a counter',
    ]);
    const accepted = check(gauge, entry('OBS6012', 'metrics.runs_total'));
    expect([said(accepted), accepted.accepted]).toEqual([[], 1]);
    for (const at of ['metrics.runs_total', 'labels.outcome', 'labels.outcome.values'])
      expect(said(check(oddValue, entry('OBS6023', at)))).toEqual([]);
  });

  it('are those at that place alone', () => {
    expect(said(check(gauge, entry('OBS6012', 'metrics.queue_depth')))).toHaveLength(1);
    expect(said(check(gauge, entry('OBS6013', 'metrics.runs_total')))).toHaveLength(1);
  });

  it('come back on the day on which the acceptance ends, which is said', () => {
    expect(said(check(gauge, entry('OBS6012', 'metrics.runs_total', ', until: 2999-01-01')))).toEqual([]);
    expect(said(check(gauge, entry('OBS6012', 'metrics.runs_total', ', until: 2020-01-01')))).toEqual([
      'OBS3051 the suppression of OBS6012 at `metrics.runs_total` ended on 2020-01-01',
      'OBS6012 `runs_total` is a gauge, and declared as a counter',
    ]);
  });

  it('that do not occur are told where that is known: the metric was there, with its type', () => {
    const idle = 'OBS3050 OBS6012 does not occur at `metrics.runs_total`';
    const accepting = entry('OBS6012', 'metrics.runs_total');
    expect(said(check(right, accepting))).toEqual([idle]);
    expect(said(check('# TYPE queue_depth gauge\nqueue_depth{queue="a"} 1\n', accepting))).toEqual([]);
    expect(said(check('runs_total{outcome="completed"} 1\n', accepting))).toEqual([]);
    // Another value may come tomorrow.
    expect(said(check(right, entry('OBS6023', 'metrics.runs_total')))).toEqual([]);
    // Of a metric of another type nothing else is looked at.
    const histogram = '# TYPE run_duration_seconds gauge\nrun_duration_seconds 1\n';
    expect(
      said(check(histogram, entry('OBS6014', 'metrics.run_duration_seconds'))).map((each) =>
        each.slice(0, 7),
      ),
    ).toEqual(['OBS6012']);
  });

  it('are not asked for where no service is looked at', () => {
    const codes = (suppress: string): string[] =>
      analysis(suppress).diagnostics.flatMap(({ code }) => (code.startsWith('OBS305') ? [code] : []));
    expect(codes(entry('OBS6012', 'metrics.runs_total'))).toEqual([]);
    expect(codes(entry('OBS6012', 'metrics.gone_total'))).toEqual(['OBS3053']);
    // What the spec does not know has no place in it, and a secret is never accepted.
    for (const code of ['OBS6001', 'OBS6011', 'OBS6045'])
      expect(codes(entry(code, 'metrics.runs_total'))).toEqual(['OBS3052']);
  });
});
