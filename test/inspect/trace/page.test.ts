import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { severalOf } from '../../../src/inspect/trace/analysis/several.js';
import { printTracePage } from '../../../src/inspect/trace/render/html.js';
import { analysed } from './support.js';

const hostile = `</script><img src=x onerror=alert(1)>"'&\u202e`;
const page = printTracePage(
  severalOf([
    analysed([
      { id: 'root', name: hostile, from: 0, to: 100, service: hostile },
      {
        id: 'run',
        parent: 'root',
        from: 10,
        to: 90,
        error: true,
        attributes: {
          'gen_ai.agent.name': hostile,
          'error.type': hostile,
          'gen_ai.usage.cost': 1,
          'gen_ai.input.messages': 'what people wrote',
        },
      },
    ]),
  ]),
  { notes: [hostile], currency: 'USD' },
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
  });

  it('escapes what spans, services, agents and errors are called, and names no host', () => {
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(page).not.toContain('\u202e');
    expect(page).not.toMatch(/https?:|<link|\sstyle="|\son[a-z]+="/);
  });

  it('does not hold what people wrote to a model', () => {
    expect(page).not.toContain('what people wrote');
  });

  it('has a script that parses, and names for those who cannot see it', () => {
    expect(() => new Script(inner('script'))).not.toThrow();
    expect(page).toContain('role="treegrid"');
    expect(page.match(/<svg [^>]*role="img" aria-label="/g)).toHaveLength(2);
    expect(page).toContain('aria-label="80 ms, from 10 ms, on the critical path, failed"');
    expect(inner('style')).toContain('prefers-color-scheme: dark');
  });
});
