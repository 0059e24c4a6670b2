import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import { emit } from '../../../src/emit/index.js';
import { runbooks } from '../../../src/emit/markdown/runbooks.js';
import { packageRoot } from '../../../src/package-root.js';
import { modelOf } from '../../support/model.js';

function caseOf(name: string): string {
  return readFileSync(join(packageRoot, 'test/cases', name, 'observability.yaml'), 'utf8');
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

function nodesOf(root: Node): readonly Node[] {
  return [root, ...(root.children ?? []).flatMap(nodesOf)];
}

function parsed(page: string): readonly Node[] {
  return nodesOf(parsers.markdown.parse(page, { originalText: page } as never) as Node);
}

const specs = [
  ['observability.yaml', readFileSync(join(packageRoot, 'observability.yaml'), 'utf8')] as const,
  ...['research-agent', 'ims-core', 'alex', 'markdown', 'prometheus-rules', 'presets', 'runbooks'].map(
    (name) => [name, caseOf(name)] as const,
  ),
];

describe.each(specs)('the runbooks of %s', (_, spec) => {
  const files = new Map(emit(modelOf(spec)).map(({ path, content }) => [path, content]));
  const pages = [...files].filter(([path]) => path.startsWith('docs/runbooks/'));
  const anchors = new Set(
    [...files].flatMap(([path, content]) =>
      [...content.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => `${path}#${id ?? ''}`),
    ),
  );

  it('are there for every alert of the rules, and for nothing else', () => {
    const rules = [...files].filter(([path]) => path.startsWith('prometheus/rules/'));
    const alerts = rules.flatMap(([, text]) => [...text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name));
    expect(alerts.length).toBeGreaterThan(0);
    expect(pages.map(([path]) => path).sort()).toEqual(
      alerts.map((name) => `docs/runbooks/${name ?? ''}.md`).sort(),
    );
  });

  it('link to what there is', () => {
    for (const [path, content] of pages) {
      const quoted = new Set(
        parsed(content)
          .filter(({ type }) => type === 'blockquote')
          .flatMap(nodesOf),
      );
      const urls = parsed(content).flatMap((node) =>
        node.type === 'link' && !quoted.has(node) ? [node.url ?? ''] : [],
      );
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls.filter((each) => !/^https?:/.test(each))) {
        const target = posix.join(posix.dirname(path), decodeURI(url));
        expect(target.includes('#') ? anchors.has(target) : files.has(target), `${path}: ${url}`).toBe(true);
      }
    }
  });

  it('are linked to from the page of all telemetry', () => {
    const telemetry = files.get('docs/TELEMETRY.md') ?? '';
    for (const [path] of pages) {
      const name = posix.basename(path, '.md');
      const section = telemetry.split(`<a id="alert-${name}"></a>`)[1] ?? '';
      expect(section.split('<a id="')[0], name).toContain(`[first steps](runbooks/${name}.md)`);
    }
  });

  it('have no HTML, tables of one width, one line end, and neither trailing spaces nor gaps', () => {
    for (const [path, content] of pages) {
      const nodes = parsed(content);
      const html = nodes.filter(({ type }) => type === 'html').map(({ value = '' }) => value);
      expect(
        html.filter((value) => !/^<\/?code>$/.test(value)),
        path,
      ).toEqual([]);
      for (const { children: rows = [] } of nodes.filter(({ type }) => type === 'table')) {
        expect(new Set(rows.map((row) => row.children?.length)).size).toBe(1);
      }
      expect(content).toMatch(/[^\n]\n$/);
      expect(content, path).not.toMatch(/[ \t]\n|\n\n\n|\r|undefined/);
    }
  });
});

function pageOf(spec: string, alert: string): string {
  const page = runbooks.files(modelOf(spec)).find(({ path }) => path === `docs/runbooks/${alert}.md`);
  if (page === undefined) throw new Error(`there is no page of ${alert}`);
  return page.content;
}

describe('a runbook', () => {
  const spec = readFileSync(join(packageRoot, 'observability.yaml'), 'utf8');

  it('says who is told, and what silences it', () => {
    const page = pageOf(spec, 'QueueStuck');
    expect(page).toContain(
      '- **Goes to**: PagerDuty, Slack `#agents-on-call`; again every 2h while it goes on',
    );
    expect(page).toContain('nobody is told of its symptoms: [`QueueWillOverflow`](QueueWillOverflow.md)');
    expect(pageOf(spec, 'QueueWillOverflow')).toContain('[`QueueStuck`](QueueStuck.md)');
    expect(page).toContain('amtool silence add alertname=QueueStuck service=research-agent --duration=2h');
  });

  it('has the steps that the author wrote, or those that are usual', () => {
    expect(pageOf(spec, 'QueueStuck')).toContain('> 2. Are they idle? Then the pool is stuck');
    expect(pageOf(spec, 'NoRuns')).toContain('`up{job="research-agent"}` says so');
  });

  it('says how fast a budget burns, and what that costs', () => {
    const page = pageOf(spec, 'RunSuccessBudgetBurnPage');
    // 14.4 times a budget of 1 %; an hour at that rate is 14.4 of the 720 hours of the period.
    expect(page).toContain('| 14.4 | 14.4 % | 1h | 5m | 4 events | 2 % | 2d2h |');
    expect(page).toContain('As the error budget of run-success runs out');
    expect(page).toContain('nobody is told of its symptoms: [`RunSuccessBudgetBurnTicket`]');
    expect(page).not.toContain('RunLatencyBudgetBurnTicket');
  });

  it('shows the panels and the metrics of what it reads', () => {
    const page = pageOf(spec, 'QueueStuck');
    expect(page).toMatch(
      /\| Oldest task \| Runs \| \[Research agent\]\(.*\) \| `\/d\/research-agent-overview` \| its limit \|/,
    );
    expect(page).toContain(
      '[`agent_queue_oldest_age_seconds`](../TELEMETRY.md#metric-agent_queue_oldest_age_seconds) | gauge |',
    );
  });

  it('says nothing of receivers where the spec has none', () => {
    const page = pageOf(
      caseOf('alex'),
      runbooks.files(modelOf(caseOf('alex')))[0]?.path.replace(/^.*\/|\.md$/g, '') ?? '',
    );
    expect(page).not.toContain('Goes to');
    expect(page).toContain('amtool silence add');
  });
});

describe('the address of a runbook', () => {
  const spec = (runbooksAt: string): string =>
    `version: 1
service: { name: shop, runbooks: '${runbooksAt}' }
external: { depth: { type: gauge, labels: [] } }
alerts: { Long: { expr: depth > 1, severity: page, summary: Long. } }
dashboards: { main: { title: Main, rows: [{ title: Row, panels: [{ title: Depth, type: stat, query: max(depth) }] }] } }
`;
  const rulesOf = (text: string): string =>
    emit(modelOf(text)).find(({ path }) => path === 'prometheus/rules/shop-alerts.yaml')?.content ?? '';
  const dashboardOf = (text: string): string =>
    emit(modelOf(text)).find(({ path }) => path === 'grafana/dashboards/main.json')?.content ?? '';

  it.each([
    [
      'https://runbooks.example.com/shop',
      'https://runbooks.example.com/shop/Long',
      'https://runbooks.example.com/shop',
    ],
    [
      'https://git.example.com/shop/docs/{alert}.md',
      'https://git.example.com/shop/docs/Long.md',
      'https://git.example.com/shop/docs',
    ],
    [
      'https://wiki.example.com/page?title={alert}',
      'https://wiki.example.com/page?title=Long',
      'https://wiki.example.com',
    ],
  ])('%s', (base, alert, all) => {
    expect(rulesOf(spec(base))).toContain(`runbook_url: ${alert}\n`);
    expect(dashboardOf(spec(base))).toContain(`"url": "${all}"`);
  });
});
