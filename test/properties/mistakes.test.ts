import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { isLong } from '../support/long.js';
import { diagnosticsOf } from '../support/model.js';

/** Ten mistakes in one file, each in an entry of its own, are ten findings: none hides another, each is shown at its place. */
const spec = readFileSync(join(import.meta.dirname, '../cases/research-agent/observability.yaml'), 'utf8');

/** What is written, what somebody writes instead, and the code and the token that it leads to. */
const mistakes: readonly (readonly [written: string, instead: string, code: string, token: string])[] = [
  ['dialect: prometheus ', 'dialect: promethues ', 'OBS2004', 'promethues'],
  ['scrapeInterval: 15s', 'scrapeInterval: 15sec', 'OBS2007', '15sec'],
  ['genai: "1.41"', 'genai: "1.40"', 'OBS2004', '"1.40"'],
  ['metric: research_runs_total, per', 'metric: research_run_total, per', 'OBS3002', 'research_run_total'],
  ['model-api: { timeout: 2s, critical: true', 'model-api: { timeout: 2s, critical: yes', 'OBS2003', 'yes'],
  ['help: When the document index was last built.', 'help: "When"x', 'OBS1006', 'x'],
  [
    'buckets: { preset: genai-duration }',
    'buckets: { preset: genai-durations }',
    'OBS2004',
    'genai-durations',
  ],
  ['sunset: 2027-06-30', 'sunset: 2027-06-31', 'OBS3043', '2027-06-31'],
  ['convention: gen_ai.chat ', 'convention: gen_ai.chatt ', 'OBS3009', 'gen_ai.chatt'],
  ["'tick-[0-9]{6,12}'", "'tick-[0-9'", 'OBS3038', '['],
  ['threshold: 51.2s', 'threshold: 50s', 'OBS3201', '50s'],
  ['boolean: research_sandbox_up', 'boolean: research_sandboxup', 'OBS3002', 'research_sandboxup'],
  ['sli: sandbox_up, objective', 'sli: sandbox, objective', 'OBS3004', 'sandbox'],
  ['objective: 99.5', 'objective: 0.995', 'OBS3204', '0.995'],
  ['max by (queue)', 'max by (queu)', 'OBS3111', 'queu'],
  ['      by: [model]\n      over', '      by: [models]\n      over', 'OBS3001', 'models'],
  ['above: 0.05', 'above: 5%', 'OBS2003', '5%'],
  ["at this rate.'", 'at this rate.', 'OBS1006', ''],
  ['variables: [agent, model]', 'variables: [agnt, model]', 'OBS3001', 'agnt'],
  ['{ slo: run-latency }]', '{ slo: run_latency }]', 'OBS3005', 'run_latency'],
  ['thresholdsFrom: QueueGrowing', 'thresholdsFrom: QueueGrows', 'OBS3006', 'QueueGrows'],
  ['show: rate, by: [outcome]', 'show: p95, by: [outcome]', 'OBS3503', 'p95'],
  ['      span: tool.call', '      span: tools.call', 'OBS3003', 'tools.call'],
  ['store: tempo, retention', 'store: tempoo, retention', 'OBS2004', 'tempoo'],
];

const shown = ({ code, range }: Diagnostic): string =>
  range === undefined ? code : `${code} ${range.start} ${range.source.text.slice(range.start, range.end)}`;

function make(indices: readonly number[]): { readonly text: string; readonly expected: readonly string[] } {
  const edits = indices.map((index) => {
    const [written, instead, code, token] = mistakes[index] ?? ['', '', '', ''];
    return { at: spec.indexOf(written), written, instead, code, token };
  });
  edits.sort((a, b) => a.at - b.at);
  let text = '';
  let end = 0;
  const expected: string[] = [];
  for (const { at, written, instead, code, token } of edits) {
    text += spec.slice(end, at);
    // An open quote is shown where it begins, in front of what was taken away.
    const from = token === '' ? text.lastIndexOf("'") : text.length + instead.lastIndexOf(token);
    text += instead;
    end = at + written.length;
    expected.push(`${code} ${from} ${token === '' ? text.slice(from) : token}`);
  }
  return { text: text + spec.slice(end), expected };
}

describe('mistakes', () => {
  it('stand in the spec once', () => {
    for (const [written] of mistakes) expect(spec.split(written), written).toHaveLength(2);
  });

  it.each(mistakes.map(([, instead], index) => [instead, index] as const))('%s: one finding', (_, index) => {
    const { text, expected } = make([index]);
    expect(diagnosticsOf(text).map(shown)).toEqual(expected);
  });

  it('do not hide each other', () => {
    const ten = fc.uniqueArray(fc.nat(mistakes.length - 1), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(ten, (indices) => {
        const { text, expected } = make(indices);
        expect(diagnosticsOf(text).map(shown)).toEqual(expect.arrayContaining([...expected]));
      }),
      { numRuns: isLong ? 100 : 30 },
    );
  });
});
