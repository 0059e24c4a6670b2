import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { printAnalysisPage } from '../../src/inspect/analyze/render/html.js';
import { printAnalysisTable } from '../../src/inspect/analyze/render/pretty.js';
import { analysed } from './support.js';

const hostile = `<img src=x onerror=alert(1)>"'&`;
const page = printAnalysisPage(
  analysed({
    'src/</script><b>.ts': `export const a = { ${JSON.stringify(hostile)}: async () => fetch('u') };
      export async function plain() { try { await fetch('u'); } catch {} }`,
  }),
  undefined,
);
const inner = (element: string): string =>
  new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? '';
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the page', () => {
  it('lets its own script and style run, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(page)?.[1]
      ?.replaceAll('&#39;', "'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${hash(inner('script'))};`);
    expect(policy).toContain(`style-src ${hash(inner('style'))};`);
    expect(policy).not.toContain('unsafe');
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('names no host, loads nothing, and has no handlers or styles in attributes', () => {
    const ours = page.replace(/<code>.*?<\/code>/g, '');
    expect(ours).not.toMatch(/https?:|\ssrc=|<link|\sstyle="|\son[a-z]+="/);
  });

  it('escapes what code is called', () => {
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
    expect(page).toContain('src/&lt;/script&gt;&lt;b&gt;.ts:1');
    expect(page).not.toContain('<img');
  });

  it('has a script that parses, and buttons, labels and a status for those who cannot see it', () => {
    expect(() => new Script(inner('script'))).not.toThrow();
    const [head = ''] = /<table id="functions"[^]*?<\/thead>/.exec(page) ?? [];
    expect(head.match(/<th scope="col"/g)).toHaveLength(head.match(/<button type="button">/g)?.length ?? 0);
    expect(page).toContain('role="status"');
    expect(page.match(/<label>/g)).toHaveLength(3);
    expect(page).toContain('<html lang="en">');
    expect(inner('style')).toContain('prefers-color-scheme: dark');
  });
});

describe('the table', () => {
  const analysis = analysed(
    { 'src/a.ts': 'export async function sendMessageToSomebody() { await fetch(u); }' },
    10,
  );

  it('lists what lacks telemetry, with totals and what coverage means', () => {
    const text = printAnalysisTable(analysis, { top: 20, color: false, columns: undefined });
    expect(text).toMatch(/^1 function in 1 file, 1 with a score of 10 or more; 1 of them lack telemetry:\n/);
    expect(text).toMatch(/sendMessageToSomebody +src\/a\.ts:1 +network +no +tracing, metrics\n/);
    expect(text).toContain(
      'coverage: 0 % of the functions that count are observed (0 of 1 with a score of 10 or more), 0 % by their scores\n',
    );
  });

  it('is as narrow as the terminal', () => {
    const text = printAnalysisTable(analysis, { top: 20, color: false, columns: 90 });
    const [, , head = '', row = ''] = text.split('\n');
    expect(Math.max(head.length, row.length)).toBeLessThanOrEqual(90);
  });
});
