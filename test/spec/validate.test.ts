import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applied, findings, head, lines, load } from './support.js';

const reference = readFileSync(join(import.meta.dirname, 'fixtures/reference.yaml'), 'utf8');

describe('a valid spec', () => {
  it('has no findings', () => {
    expect(findings(reference)).toEqual([]);
    expect(load(reference).value?.repaired.size).toBe(0);
  });

  it('may be as small as a version and a name', () => {
    expect(findings(head)).toEqual([]);
  });
});

/** One fault, in the third line, and the one finding that it leads to. */
const faults: readonly (readonly [string, string])[] = [
  ['lables: {}', 'OBS2001 3:1-3:7 unknown key `lables`'],
  ['budgets: { seriesPerInstanc: 5 }', 'OBS2001 3:12-3:28 unknown key `seriesPerInstanc`'],
  ['health: { a: { timeout:5s } }', 'OBS2001 3:16-3:26 unknown key `timeout:5s`'],
  ['metrics: { a_total: { type: counter } }', 'OBS2002 3:12-3:19 `metrics.a_total` has no `help`'],
  ['metrics: { a_total: { type: counter, hlep: A. } }', 'OBS2001 3:38-3:42 unknown key `hlep`'],
  ['suppress: [{ code: OBS3106, at: x }]', 'OBS2002 3:12-3:13 `suppress[0]` has no `reason`'],
  ['metrics: 5', 'OBS2003 3:10-3:11 expected a map, found the number `5`'],
  ['labels: { a: { description: A., values: a } }', 'OBS2003 3:41-3:42 expected a list, found the text `a`'],
  [
    'labels: { a: { description: A., values: [200] } }',
    'OBS2003 3:42-3:45 expected a text, found the number `200`',
  ],
  [
    'labels: { a: { description: A., values: [yes, true] } }',
    'OBS2003 3:47-3:51 expected a text, found `true`',
  ],
  ['labels: { a: { description: , cap: 2 } }', 'OBS2003 3:16-3:27 expected a text, found nothing'],
  [
    'labels: { a: { description: A., cap: "20" } }',
    'OBS2003 3:38-3:42 expected a whole number, found the text `20`',
  ],
  [
    'alerts: { A: { expr: {job="x"}, severity: page, summary: S. } }',
    'OBS1015 3:22-3:31 `{job="x"}` needs quotes: inside { } and [ ], a bracket, brace or comma ends a text',
  ],
  ['target: { prometheus: { version: 3.10 } }', 'OBS2003 3:34-3:38 expected a text, found the number `3.10`'],
  ['target: { conventions: { genai: 1.41 } }', 'OBS2003 3:33-3:37 expected a text, found the number `1.41`'],
  [
    'logs: { level: warning }',
    'OBS2004 3:16-3:23 `warning` is none of `trace`, `debug`, `info`, `warn`, `error` and `fatal`',
  ],
  ['presets: [agnet]', 'OBS2004 3:11-3:16 `agnet` is none of the 12 possible values'],
  [
    'labels: { a: { description: A., registered: false, cap: 2 } }',
    'OBS2004 3:45-3:50 expected `true`, found `false`',
  ],
  [
    'slis: { a: { description: A. } }',
    'OBS2005 3:9-3:10 `slis.a` has none of `events`, `latency`, `timeSlice`, `boolean`, `freshness`, `quantile` and `query`',
  ],
  [
    'slis: { a: { events: { total: x, good: y, bad: z } } }',
    'OBS2005 3:43-3:46 `good` and `bad` exclude each other',
  ],
  ['labels: { a: { description: A., cap: 0 } }', 'OBS2006 3:38-3:39 expected at least 1, found `0`'],
  [
    'slos: { a: { sli: a, objective: 100, period: 30d } }',
    'OBS2006 3:33-3:36 expected less than 100, found `100`',
  ],
  ['health: { a: { timeout: 5 seconds } }', 'OBS2007 3:25-3:34 `5 seconds` is not a duration'],
  ['health: { a: { timeout: "" } }', 'OBS2007 3:25-3:27 an empty text is not a duration'],
  ['suppress: [{ code: X1, at: x, reason: because }]', 'OBS2007 3:20-3:22 `X1` is not a code'],
  [
    'labels: { a: { description: "", cap: 2 } }',
    'OBS2008 3:29-3:31 expected at least one character, found an empty text',
  ],
  [
    'labels: { a: { description: A., values: [] } }',
    'OBS2008 3:33-3:39 expected at least one item, found an empty list',
  ],
  ['budgets: { seriesPerMetric: 1e9 }', 'OBS2006 3:29-3:32 expected at most 10000000, found `1e9`'],
  [
    'labels: { a: { description: A., values: [b, c, b] } }',
    'OBS2009 3:48-3:49 `b` stands twice in this list',
  ],
  ['metrics: { a-b: { type: gauge, help: A. } }', 'OBS2010 3:12-3:15 `a-b` is not a name of Prometheus'],
  ['alerts: { "": { expr: up, severity: page, summary: S. } }', 'OBS2010 3:11-3:13 a name is empty'],
  // Unions: the error of the branch that was meant, not of all.
  [
    'metrics: { a: { type: histogram, help: A., buckets: { exponential: { start: 0, factor: 2, count: 3 } } } }',
    'OBS2006 3:77-3:78 expected more than 0, found `0`',
  ],
  [
    'metrics: { a: { type: histogram, help: A., buckets: { preset: secnds } } }',
    'OBS2004 3:63-3:69 `secnds` is none of `seconds`, `genai-duration`, `agent-duration`, `workflow-duration`, `tokens`, `bytes`, `ratio` and `count`',
  ],
  [
    'metrics: { a: { type: histogram, help: A., buckets: fine } }',
    'OBS2003 3:53-3:57 expected a list or a map with `exponential`, `linear` or `preset`, found the text `fine`',
  ],
  [
    'metrics: { a: { type: histogram, help: A., buckets: [1, two] } }',
    'OBS2003 3:57-3:60 expected a number, found the text `two`',
  ],
  [
    'slos: { a: { sli: a, objective: 99, period: 30d, windows: workbok } }',
    'OBS2004 3:59-3:66 `workbok` is none of `workbook`, `sloth` and `pyrra`',
  ],
  [
    'slos: { a: { sli: a, objective: 99, period: 30d, windows: [{ severity: page, long: 1h, short: 5m }] } }',
    'OBS2002 3:60-3:61 `slos.a.windows[0]` has no `factor`',
  ],
  [
    'dashboards: { a: { title: A, rows: [{ title: R, panels: [{ metric: a, show: [rate, p42] }] }] } }',
    'OBS2004 3:84-3:87 `p42` is none of the 11 possible values',
  ],
  [
    'dashboards: { a: { title: A, rows: [{ title: R, panels: [{ metric: a, show: rat }] }] } }',
    'OBS2004 3:77-3:80 `rat` is none of the 11 possible values',
  ],
  ['imports: [/etc/passwd]', 'OBS2007 3:11-3:22 `/etc/passwd` is not a relative path of a YAML file'],
  [
    'imports: ["https://example.com/a.yaml"]',
    'OBS2007 3:11-3:39 `https://example.com/a.yaml` is not a relative path of a YAML file',
  ],
];

describe('one fault', () => {
  it.each(faults)('%s leads to one finding', (line, expected) => {
    const yaml = `${head}${line}\n`;
    const outcome = load(yaml);
    expect(lines(outcome.diagnostics.filter(({ severity }) => severity === 'error'))).toEqual([expected]);
    expect(outcome.value).toBeDefined();
  });

  it.each(faults)('%s hides none behind it', (line) => {
    const yaml = `${head}${line}\ntraces: { sampling: { head: 2 } }\n`;
    expect(findings(yaml)).toContain('OBS2006 4:29-4:30 expected at most 1, found `2`');
  });

  it('is found where the whole spec is at fault', () => {
    expect(findings('version: 0\n')).toEqual([
      'OBS2002 1:1-1:8 the spec has no `service`',
      'OBS2011 1:10-1:11 the spec is of version 0 of the language, and this obs-gen compiles version 1',
    ]);
    // What looks like a slip may be a key of the later version: nothing else is said.
    expect(findings('version: 2\nservcie: { name: shop }\n')).toEqual([
      'OBS2011 1:10-1:11 the spec is of version 2 of the language, and this obs-gen knows version 1',
    ]);
    expect(findings('service: shop\nversion: 1\n')).toEqual([
      'OBS2003 1:10-1:14 expected a map with `name`, found the text `shop`',
    ]);
  });

  it('of a short key whose value does not fit is no other key', () => {
    expect(findings(`${head}metrics: { a: { type: gauge, help: A., unit: items } }\n`)).toEqual([
      'OBS2001 3:40-3:44 unknown key `unit`',
    ]);
  });

  it('behind a comma in a text without quotes is told as that', () => {
    const { diagnostics } = load(`${head}metrics: { a: { type: gauge, help: Up, and well. } }\n`);
    expect(diagnostics.map(({ help }) => help)).toEqual([
      'a comma ends a text inside { }: put quotes around the text that this belongs to',
    ]);
  });

  it('below a misspelt key is found too', () => {
    expect(findings(`${head}metrcs:\n  a_total: { tpye: cuonter, help: A. }\n`)).toEqual([
      'OBS2001 3:1-3:7 unknown key `metrcs`',
      'OBS2001 4:14-4:18 unknown key `tpye`',
      'OBS2004 4:20-4:27 `cuonter` is none of `counter`, `gauge` and `histogram`',
    ]);
  });
});

describe('help', () => {
  const help = (line: string) => load(`${head}${line}\n`).diagnostics[0]?.help;

  it.each([
    ['lables: {}', 'did you mean `labels`?'],
    ['health: { a: { timeout:5s } }', 'put a space behind the colon: timeout: 5s'],
    ['traces: { zzzzzz: 1 }', 'the keys here are `sampling`, `limits` and `abandonAfter`'],
    ['logs: { level: warning }', 'did you mean `warn`?'],
    ['logs: { format: xml }', 'write one of them'],
    ['target: { prometheus: { version: 3.10 } }', 'put it in quotes: "3.10"'],
    ['labels: { a: { description: A., values: a } }', 'write a list: [a]'],
    ['labels: { a: { description: A., cap: "20" } }', 'write the number alone: 20'],
    ['metrics: { a: { type: gauge, help: A., exemplars: "yes" } }', 'write true'],
    ['health: { a: { timeout: 30 } }', 'write the unit: 30s for seconds, 30m for minutes'],
    ['health: { a: { timeout: 1.5 hours } }', 'write 1h30m'],
    [
      'health: { a: { timeout: soon } }',
      'a number and a unit of ms, s, m, h, d, w or y, larger units first: 500ms, 5m, 1h30m, 30d',
    ],
    [
      'metrics: { a_total: { type: counter } }',
      'add `help: Requests finished, by how they ended.` (one sentence for people who meet the metric for the first time)',
    ],
  ])('for %s says what to do', (line, expected) => {
    expect(help(line)).toBe(expected);
  });

  it.each([
    ['lables: {}', 'OBS2001', 'labels: {}'],
    ['logs: { level: warning }', 'OBS2004', 'logs: { level: warn }'],
    ['health: { a: { timeout:5s } }', 'OBS2001', 'health: { a: { timeout: 5s } }'],
    ['health: { a: { timeout: 5 min } }', 'OBS2007', 'health: { a: { timeout: 5m } }'],
    ['target: { prometheus: { version: 3.10 } }', 'OBS2003', 'target: { prometheus: { version: "3.10" } }'],
    [
      'metrics: { a: { type: gauge, help: A., labels: b } }',
      'OBS2003',
      'metrics: { a: { type: gauge, help: A., labels: [b] } }',
    ],
  ])('for %s has a fix that mends it', (line, code, expected) => {
    const fixed = applied(`${head}${line}\n`, code);
    expect(fixed).toBe(`${head}${expected}\n`);
    expect(findings(fixed)).toEqual([]);
  });

  it('never quotes what a secret may stand in', () => {
    const [finding] = load(
      `${head}alerts: { A: { expr: up, severity: page, summary: S., labels: { password: 5 } } }\n`,
    ).diagnostics;
    expect(finding?.message).toBe('expected a text, found the number (hidden)');
  });
});

describe('null', () => {
  it('that removes nothing is a warning, and the key is gone', () => {
    const { value, diagnostics } = load(`${head}metrics:\nlabels: { a: }\nlogs: { level: ~ }\n`);
    expect(lines(diagnostics)).toEqual([
      'OBS2102 3:1-3:8 `metrics` has no value and removes nothing',
      'OBS2102 4:11-4:12 `a` has no value and removes nothing',
      'OBS2102 5:9-5:14 `level` has no value and removes nothing',
    ]);
    expect(diagnostics.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(JSON.stringify(value?.spec)).toBe('{"version":1,"service":{"name":"shop"},"labels":{},"logs":{}}');
  });

  it('that stands for what is required is an error', () => {
    expect(findings(`${head}slis: { a: { query: } }\n`)).toEqual([
      'OBS2003 3:14-3:19 expected a text, found nothing',
    ]);
  });
});
