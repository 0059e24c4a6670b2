import { describe, expect, it } from 'vitest';
import { painter } from '../../../src/diagnostics/render/style.js';
import { renderGithub } from '../../../src/diagnostics/render/github.js';
import { liveCheckJson } from '../../../src/inspect/live-check/report/json.js';
import { liveCheckMarkdown } from '../../../src/inspect/live-check/report/markdown.js';
import { atTheSpec } from '../../../src/inspect/live-check/report/relocate.js';
import { liveCheckText } from '../../../src/inspect/live-check/report/text.js';
import { fails } from '../../../src/cli/live-check/run.js';
import {
  listenAddress,
  milliseconds,
  requireSense,
  type LiveCheckArguments,
} from '../../../src/cli/live-check/arguments.js';
import { UsageError } from '../../../src/cli/usage-error.js';
import { checkPages, checkRequests, goodPage, spanRequest } from './support.js';

const queues = ['a', 'b', 'c', '__other__'].map((queue) => `queue_depth{queue="${queue}"} 1\n`).join('');
const result = checkPages([
  goodPage
    .replace('queue_depth{queue="in"} 2\n', queues)
    .replace('"failed"', '"bro|ken"')
    .replaceAll(/.*busy.*\n/g, ''),
]);

describe('the report', () => {
  it('is for people', () => {
    expect(liveCheckText('checkout', result, painter(false))).toBe(`checkout: 13 samples looked at

Coverage: seen of what is declared
  metrics  4  of  5  80%
  never seen of metrics: busy_ratio

Labels: values seen, and their bounds
                       values      bound
  queue    open             3  of      3  __other__ seen; cap: 10 would make room
  tool     registered       1  of      4
  outcome  closed           2  of      2
`);
  });

  it('is for programs', () => {
    expect(JSON.parse(liveCheckJson('checkout', result))).toMatchObject({
      service: 'checkout',
      looked: { samples: 13, spans: 0, records: 0 },
      coverage: [{ signal: 'metrics', share: 0.8, unseen: ['busy_ratio'] }],
      labels: [
        { label: 'queue', kind: 'open', values: 3, bound: 3, overflow: true, suggestedCap: 10 },
        { label: 'tool', values: 1, bound: 4, overflow: false },
        { label: 'outcome', kind: 'closed' },
      ],
      diagnostics: [
        { code: 'OBS6018' },
        {
          code: 'OBS6023',
          range: { file: 'page', start: { line: 4 } },
          related: [{ range: { file: 'observability.yaml' } }, { message: '`runs_total` is declared here' }],
        },
        { code: 'OBS6025' },
      ],
    });
  });

  it('may hold halves of characters, which JSON can name', () => {
    const half = String.fromCharCode(0xd83d);
    const odd = checkRequests([spanRequest(`agent.${half}`), spanRequest('agent.step', { [half]: half }, 1)]);
    expect(JSON.parse(liveCheckJson('checkout', odd))).toMatchObject({
      diagnostics: [{ code: 'OBS6019' }, { code: 'OBS6041' }, { code: 'OBS6043' }],
    });
    expect(liveCheckMarkdown('checkout', odd, true)).toContain('OBS6041');
    expect(renderGithub(atTheSpec(odd.diagnostics))).toContain('OBS6043');
  });

  it('is Markdown', () => {
    const text = liveCheckMarkdown('checkout', result, true);
    expect(text).toContain('**Failed**: 1 error, 1 warning. 13 samples looked at.');
    expect(text).toContain('| metrics | 4 | 5 | 80% | `busy_ratio` |');
    expect(text).toContain('| `queue` | 3 | 3 |');
    expect(text).toMatch(/\| \*\*error\*\* \| `OBS6023` \| .*bro\\\|ken.* \| `page:4:20` \|/);
    expect(liveCheckMarkdown('checkout', checkPages([goodPage]), false)).toContain('**Passed**: 0 warnings.');
  });

  it('annotates the spec, for a page is no file of the repository', () => {
    const lines = renderGithub(atTheSpec(result.diagnostics)).trim().split('\n');
    expect(lines[1]).toMatch(
      /^::error file=observability\.yaml,line=5,.*seen at page:4:20: runs_total\{outcome="bro\|ken"\} 1/,
    );
    expect(lines.every((line) => line.includes('file=observability.yaml'))).toBe(true);
  });
});

describe('the command', () => {
  it('fails from the severity on that is asked for', () => {
    const noted = checkPages([goodPage.replaceAll(/.*busy.*\n/g, '')]).diagnostics;
    const warned = checkPages([goodPage.replace('queue_depth{queue="in"} 2\n', queues)]).diagnostics;
    const levels = ['error', 'warning', 'info', 'never'] as const;
    expect(levels.map((level) => fails(noted, level))).toEqual([false, false, true, false]);
    expect(levels.map((level) => fails(warned, level))).toEqual([false, true, true, false]);
    expect(levels.map((level) => fails(result.diagnostics, level))).toEqual([true, true, true, false]);
  });

  it('reads addresses and lengths of time', () => {
    expect(listenAddress('listen', '4318')).toEqual({ host: '127.0.0.1', port: 4318 });
    expect(listenAddress('listen', '0.0.0.0:0')).toEqual({ host: '0.0.0.0', port: 0 });
    expect(listenAddress('listen', '[::1]:4318')).toEqual({ host: '::1', port: 4318 });
    for (const odd of ['', 'x', 'a:b', '1.2.3.4', '127.0.0.1:70000', 'a:1:2'])
      expect(() => listenAddress('listen', odd), odd).toThrow(UsageError);
    expect(milliseconds('for', '1m30s')).toBe(90_000);
    expect(milliseconds('for', '0.5s')).toBe(500);
    expect(() => milliseconds('for', 'soon')).toThrow('--for cannot be soon');
  });

  it.each([
    [{}, 'there is nothing to look at'],
    [{ targets: ['x'], 'min-coverage': 90 }, '--min-coverage cannot be 90'],
    [{ targets: ['x'], samples: 0 }, '--samples is a whole number'],
    [{ targets: ['x'], for: '1s' }, '--for is how long listeners are open'],
    [{ targets: ['-', '-'] }, 'standard input can be read once'],
    [{ targets: ['x'], strict: true, 'fail-on': 'error' }, '--strict and --fail-on'],
    [{ '--': ['node'] }, 'there is nothing to look at'],
  ])('refuses %j', (args, message) => {
    const usual = { samples: 1, 'max-size': 32 };
    expect(() => {
      requireSense({ ...usual, ...args } as unknown as LiveCheckArguments);
    }).toThrow(message);
  });
});
