import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import { budgetPercent, budgetTime } from '../../../src/emit/markdown/budget.js';
import { telemetryReference } from '../../../src/emit/markdown/emitter.js';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import { durationOf } from '../../../src/model/duration.js';
import { modelOf } from '../../support/model.js';

function caseOf(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../cases', name, 'observability.yaml'), 'utf8');
}

function pageOf(spec: string): string {
  const files = telemetryReference.files(modelOf(spec));
  expect(files.map(({ path }) => path)).toEqual(['docs/TELEMETRY.md']);
  return files[0]?.content ?? '';
}

interface Node {
  type: string;
  value?: string;
  url?: string;
  children?: Node[];
}

function nodesOf(root: Node): Node[] {
  return [root, ...(root.children ?? []).flatMap(nodesOf)];
}

function parsed(page: string): Node[] {
  return nodesOf(parsers.markdown.parse(page, { originalText: page } as never) as Node);
}

const cases = ['research-agent', 'ims-core', 'alex', 'markdown', 'grafana'];

describe.each(cases)('the page of %s', (name) => {
  const page = pageOf(caseOf(name));

  it('links within itself to what is there, once', () => {
    const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    const targets = parsed(page).flatMap(({ type, url = '' }) =>
      type === 'link' && url.startsWith('#') ? [url.slice(1)] : [],
    );
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((target) => !anchors.includes(target))).toEqual([]);
  });

  it('has no HTML but its anchors', () => {
    const html = parsed(page).filter(({ type }) => type === 'html');
    expect(
      html.filter(
        ({ value = '' }) => !/^(?:<a id="[\w.-]+">|<\/a>|<a id="[\w.-]+"><\/a>|<\/?code>)$/.test(value),
      ),
    ).toEqual([]);
  });

  it('has tables whose rows have as many cells as their head', () => {
    const tables = parsed(page).filter(({ type }) => type === 'table');
    expect(tables.length).toBeGreaterThan(0);
    for (const { children: rows = [] } of tables) {
      expect(new Set(rows.map((row) => row.children?.length)).size).toBe(1);
    }
    const lines = page.split('\n').filter((line) => line.startsWith('|'));
    const rows = tables.flatMap(({ children = [] }) => children).length;
    // Each table has a line of dashes besides.
    expect(lines.length).toBe(rows + tables.length);
  });

  it('ends with one line end, has no trailing spaces and no gap of two lines', () => {
    expect(page).toMatch(/[^\n]\n$/);
    expect(page).not.toMatch(/[ \t]\n|\n\n\n|\r/);
  });

  it('is the same twice', () => {
    expect(pageOf(caseOf(name))).toBe(page);
  });
});

describe('the reference page', () => {
  const page = pageOf(caseOf('research-agent'));

  it('says who owns the service and where help is', () => {
    expect(page).toMatch(/^# Telemetry of research-agent\n/);
    expect(page).toContain('- **Owner**: agent-platform');
    expect(page).toContain('(https://runbooks.example.com/research-agent)');
  });

  it('speaks of metrics with their bounds, their cost and their readers', () => {
    const row = page.split('\n').find((line) => line.includes('id="metric-research_runs_total"')) ?? '';
    expect(row).toContain('| counter |');
    expect(row).toContain('[`agent`](#label-agent) (≤ 25, registered), [`outcome`](#label-outcome) (7)');
    // 25 agents and __other__, times seven outcomes.
    expect(row).toContain('| 182 |');
    expect(row).toContain('slo [`run-success`](#slo-run-success)');
    expect(row).toContain('dashboard [`overview`](#dashboard-overview)');
  });

  it('says what goes away and who else owns it', () => {
    const row = page.split('\n').find((line) => line.includes('id="metric-research_pages_total"')) ?? '';
    expect(row).toContain('Owner: crawl-team.');
    expect(row).toContain(
      '**Deprecated**: use [`research_tool_calls_total`](#metric-research_tool_calls_total); may be gone from 2027-06-30 on.',
    );
  });

  it('says what a budget is worth', () => {
    expect(page).toContain('- **Objective**: 99.5 % over 30d');
    expect(page).toContain('- **Budget**: 0.5 %: 3h36m of total outage in 30d');
  });

  it('says when the alerts of an objective fire, and what to run', () => {
    // The gates of the rules: five because the spec says so, otherwise what the factor comes to.
    expect(page).toContain('| page | 14.4 | 1h | 5m | 5 events |');
    expect(pageOf(caseOf('alex'))).toContain('| page | 14.4 | 1h | 5m | 4 events |');
    expect(page).toContain(
      '- **Bad now**: `slo:sli_error:ratio_rate5m{slo="run-success",service="research-agent"}`',
    );
    expect(page).toContain(
      '- **Budget left**: `slo:period_error_budget_remaining:ratio{slo="run-success",service="research-agent"}`',
    );
  });

  it('has every alert of the rules among its alerts, with an anchor of its name', () => {
    const spec = caseOf('prometheus-rules');
    const rules = prometheusRules.files(modelOf(spec)).map(({ content }) => content);
    const names = rules.flatMap((text) =>
      [...text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? ''),
    );
    const whole = pageOf(spec);
    const anchors = [...whole.matchAll(/<a id="alert-(\w+)">/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(5);
    expect(anchors.toSorted()).toEqual(names.toSorted());
    expect(whole).toContain(`- [Alerts](#alerts) (${names.length})`);
  });

  it('shows what a rule really asks, whatever form the alert was written in', () => {
    const spec = caseOf('prometheus-rules');
    const whole = pageOf(spec);
    expect(whole).toMatch(/```promql\nabsent\(/);
    expect(whole).toMatch(/```promql\n[^`]*predict_linear\(/);
    expect(whole).toMatch(/```promql\n[^`]*anomaly:residual\{/);
  });

  it('says when alerts fire and what to do', () => {
    expect(page).toContain('is above 5 %, once there were 20 events');
    expect(page).toContain('> 1. Is the worker pool up? See the Runs row of the overview dashboard.');
    expect(page).toContain('```promql\nmax by (queue) (research_queue_depth) > 500\n```');
  });

  it('says what of a span is content', () => {
    expect(page).toContain(
      '| `task.text` |   | string | content: exported only where the operator opts in |',
    );
    expect(page).toContain(
      '[`research_run_duration_seconds`](#metric-research_run_duration_seconds) (duration)',
    );
  });

  it('leaves out what there is nothing to say of', () => {
    const small = pageOf(
      'version: 1\nservice: { name: s }\ntarget: { grafana: { boards: [] } }\nmetrics: { things_total: { type: counter, help: Things. } }\n',
    );
    expect(small.match(/^## .+$/gm)).toEqual(['## Contents', '## Metrics']);
    expect(small).not.toContain('undefined');
  });

  it('keeps hostile texts in their cells', () => {
    const hostile = pageOf(caseOf('markdown'));
    expect(hostile).toContain('Items \\| \\[link\\](https\\://example.com) \\<script>.');
    expect(hostile).toContain('<code>a&#124;b</code>');
    expect(hostile).toContain('`` `c` ``');
  });
});

describe('budgets', () => {
  it.each([
    ['99.5', 30 * 86_400, '0.5', '3h36m'],
    ['99.9', 30 * 86_400, '0.1', '43m12s'],
    ['99.99', 30 * 86_400, '0.01', '4m19s'],
    ['99.999', 86_400, '0.001', '864ms'],
    ['95', 30 * 86_400, '5', '1d12h'],
    ['99', 7 * 86_400, '1', '1h40m48s'],
  ])('%s percent over %d s', (objective, seconds, percent, time) => {
    expect(budgetPercent({ objective })).toBe(percent);
    expect(budgetTime({ objective, period: durationOf(seconds) })).toBe(time);
  });
});
