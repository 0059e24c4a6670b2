import { describe, expect, it } from 'vitest';
import { differenceJson } from '../../../src/inspect/diff/render/json.js';
import { differenceMarkdown } from '../../../src/inspect/diff/render/markdown.js';
import { differencePretty } from '../../../src/inspect/diff/render/pretty.js';
import { differenceOf } from './support.js';

const old = `version: 1
service: { name: shop, owner: team }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  shop_runs_total: { type: counter, help: Runs., labels: [outcome] }
alerts:
  Failing: { expr: 'sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 1', severity: page, summary: It fails. }
`;
const now = old
  .replace('values: [ok, failed]', 'values: [ok, failed, timeout]')
  .replace('> 1', '> 2')
  .replace('help: Runs.', 'help: "Runs | <b>of</b> it, *all* `of` them."');

describe('a difference', () => {
  it('is shown to people', () => {
    expect(differencePretty(differenceOf(old, now), false)).toMatchInlineSnapshot(`
      "1 breaking change and 2 safe changes
      2 → 3 series of one instance at worst (+1)

      alerts.Failing.expr changed: sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 1 → sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 2
        ALERT  breaks   it takes more to make it fire
        read by: alert Failing

      metrics.shop_runs_total.help changed: Runs. → Runs | <b>of</b> it, *all* \`of\` them.
        SERIES safe     only the words on the page change

      labels.outcome.values added: timeout
        CODE   safe     'timeout' can be given
        SERIES safe     rows for timeout appear (+1 series of one instance at most)
        QUERY  safe     \`by (outcome)\` has more rows, and \`!=\` takes the new values in
        read by: alert Failing
      "
    `);
  });

  it('is a comment of a pull request, in which nothing of the spec marks anything up', () => {
    expect(differenceMarkdown(differenceOf(old, now))).toMatchInlineSnapshot(`
      "### Telemetry: 1 breaking change and 2 safe changes

      Breaks ALERT 1.

      2 → 3 series of one instance at worst (+1)

      | Change | Breaks | Read by |
      | --- | --- | --- |
      | \`alerts.Failing.expr\` changed | ALERT | alert \`Failing\` |

      <details><summary>What breaks, and what to do</summary>

      - \`alerts.Failing.expr\` changed: \`sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 1 → sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 2\`
        - ALERT, breaks: it takes more to make it fire
        - read by alert \`Failing\`

      </details>

      <details><summary>Safe</summary>

      - \`metrics.shop_runs_total.help\` changed: \`\`Runs. → Runs | <b>of</b> it, *all* \`of\` them.\`\`
        - SERIES, safe: only the words on the page change
      - \`labels.outcome.values\` added: \`timeout\`
        - CODE, safe: 'timeout' can be given
        - SERIES, safe: rows for timeout appear (+1 series of one instance at most)
        - QUERY, safe: \\\`by (outcome)\\\` has more rows, and \\\`!=\\\` takes the new values in
        - read by alert \`Failing\`

      </details>
      "
    `);
  });

  it('is data with a version', () => {
    expect(JSON.parse(differenceJson(differenceOf(old, now)))).toMatchInlineSnapshot(`
      {
        "breaking": true,
        "changes": [
          {
            "after": "Runs | <b>of</b> it, *all* \`of\` them.",
            "at": "metrics.shop_runs_total.help",
            "before": "Runs.",
            "breaking": [],
            "consequences": [
              {
                "breaking": false,
                "class": "SERIES",
                "text": "only the words on the page change",
              },
            ],
            "hits": [],
            "kind": "changed",
          },
          {
            "after": "timeout",
            "at": "labels.outcome.values",
            "breaking": [],
            "consequences": [
              {
                "breaking": false,
                "class": "CODE",
                "text": "'timeout' can be given",
              },
              {
                "breaking": false,
                "class": "SERIES",
                "text": "rows for timeout appear (+1 series of one instance at most)",
              },
              {
                "breaking": false,
                "class": "QUERY",
                "text": "\`by (outcome)\` has more rows, and \`!=\` takes the new values in",
              },
            ],
            "hits": [
              {
                "kind": "alert",
                "name": "Failing",
              },
            ],
            "kind": "added",
            "series": 1,
          },
          {
            "after": "sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 2",
            "at": "alerts.Failing.expr",
            "before": "sum by (outcome) (rate(shop_runs_total{outcome="failed"}[5m])) > 1",
            "breaking": [
              "ALERT",
            ],
            "consequences": [
              {
                "breaking": true,
                "class": "ALERT",
                "text": "it takes more to make it fire",
              },
            ],
            "hits": [
              {
                "kind": "alert",
                "name": "Failing",
              },
            ],
            "kind": "changed",
          },
        ],
        "diagnostics": [],
        "series": {
          "after": 3,
          "before": 2,
          "change": 1,
        },
        "version": 1,
      }
    `);
  });

  it('that is none says so in every form', () => {
    const none = differenceOf(old, old);
    expect(differencePretty(none, false)).toBe('nothing changed\n');
    expect(differenceMarkdown(none)).toBe('### Telemetry: nothing changed\n');
    expect(JSON.parse(differenceJson(none))).toEqual({
      version: 1,
      breaking: false,
      series: { before: 2, after: 2, change: 0 },
      changes: [],
      diagnostics: [],
    });
  });

  it('of thousands of changes fits into a comment', () => {
    const many = (count: number): string =>
      `version: 1\nservice: { name: shop, owner: team }\nmetrics:\n${Array.from({ length: count }, (_, index) => `  shop_number_${index}_total: { type: counter, help: Number. }\n`).join('')}`;
    const text = differenceMarkdown(differenceOf(many(600), many(1)));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('599 breaking changes');
    expect(text).toContain('more');
  });
});

describe('a preset that comes or goes', () => {
  const without = `version: 1
service: { name: shop, owner: team }
metrics:
  shop_runs_total: { type: counter, help: Runs. }
alerts:
  Silent: { expr: 'sum(rate(agent_cache_requests_total[5m])) == 0', severity: info, summary: No look-ups. }
`;
  const having = without.replace('metrics:', 'presets: [cache]\nmetrics:');
  const gone = differenceOf(having, without.replace('shop_runs_total', 'shop_jobs_total'));

  it('is one block with its members counted, beside what changes otherwise', () => {
    const text = differencePretty(gone, false);
    expect(text.match(/^presets\.cache removed: /gm)).toHaveLength(1);
    expect(text).toMatch(/^presets\.cache removed: \d+ metrics, .*\n {2}CODE {3}breaks {3}\d+ changes\n/m);
    expect(text).toContain('metrics.shop_runs_total removed');
    expect(text).not.toMatch(/^metrics\.agent_cache_/m);
    // What stays and has to do without is named; what goes along is not.
    expect(text).toContain('read by: alert Silent\n');
    const added = differencePretty(differenceOf(without, having), false);
    expect(added).toMatch(/^presets\.cache added: /m);
    expect(added).not.toMatch(/^(?:metrics|labels|alerts|dashboards)\./m);
  });

  it('is listed one by one where that is asked for, and for programs', () => {
    const { length } = gone.changes.filter(({ preset }) => preset?.name === 'cache');
    expect(length).toBeGreaterThan(3);
    const text = differencePretty(gone, false, true);
    expect(text.match(/^\S+ removed/gm)?.length).toBe(length + 1);
    expect(text).not.toContain('presets.cache');
    const { changes } = JSON.parse(differenceJson(gone)) as { changes: { at: string; preset?: string }[] };
    expect(changes.filter(({ preset }) => preset === 'cache')).toHaveLength(length);
    expect(changes.find(({ at }) => at === 'metrics.shop_runs_total')?.preset).toBeUndefined();
  });

  it('is a row of the table of a pull request', () => {
    const text = differenceMarkdown(gone);
    expect(text.match(/presets\.cache/g)?.length).toBeGreaterThan(1);
    expect(text).not.toContain('`metrics.agent_cache_');
  });

  it('says of a member that the spec takes over what changed of it alone', () => {
    const taken = without.replace(
      'metrics:\n',
      'metrics:\n  agent_cache_requests_total: { type: counter, help: Look-ups. }\n',
    );
    const { changes } = differenceOf(having, taken);
    const own = changes.filter(({ at }) => at.startsWith('metrics.agent_cache_requests_total'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ preset }) => preset === undefined)).toBe(true);
  });
});
