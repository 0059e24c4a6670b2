import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Answer } from './answer.js';
import type { Assets } from './assets.js';

/** Where the page's modules find the chart library: browsers take import maps from the document alone. */
const importMap = JSON.stringify({ imports: { uplot: '/assets/uplot.js' } });

function withImportMap(html: string): string {
  if (/<script[^>]*type="importmap"/.test(html)) return html;
  const tag = `<script type="importmap">${importMap}</script>`;
  const head = /<head[^>]*>/.exec(html);
  return head === null
    ? tag + html
    : html.slice(0, head.index + head[0].length) + tag + html.slice(head.index + head[0].length);
}

/** What the document may load and run: our own files, and of scripts in it the import map alone, by its hash. */
function policyOf(html: string): string {
  const maps = [...html.matchAll(/<script[^>]*type="importmap"[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = maps.map(
    ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...hashes].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page itself. */
export function documentAnswer(assets: Assets): Answer | undefined {
  const file = assets.get('/');
  if (file === undefined) return undefined;
  const html = withImportMap(readFileSync(file, 'utf8'));
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: html,
    headers: { 'Content-Security-Policy': policyOf(html) },
  };
}
