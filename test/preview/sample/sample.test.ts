import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf, type Sample } from '../../../src/preview/sample/index.js';
import { readTree } from '../../support/directory.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';

const root = new URL('../../../', import.meta.url);
const alex = modelOf(await readFile(new URL('test/cases/alex/observability.yaml', root), 'utf8'));
const reference = modelOf(await readFile(new URL('observability.yaml', root), 'utf8'));
const end = 1_795_266_000;

/** What a folder of blocks holds: the name of a block is a part of it. */
async function bytesOf(sample: Sample): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-sample-'));
  try {
    await sample.writeBlocks(folder);
    return createHash('sha256')
      .update(JSON.stringify([...readTree(folder)]))
      .digest('hex');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('made-up data', () => {
  it('is the same for the same end and seed, and another one for others', async () => {
    const first = await bytesOf(sampleOf(alex, { end }));
    expect(await bytesOf(sampleOf(alex, { end }))).toBe(first);
    expect(await bytesOf(sampleOf(alex, { end, seed: 2 }))).not.toBe(first);
    expect(await bytesOf(sampleOf(alex, { end: end + 60 }))).not.toBe(first);
  });

  it('has log lines of every event, with the fields of their types', () => {
    const lines = sampleOf(reference, { end }).logs();
    const events = [...reference.logs.events.values()].filter(({ level }) => level !== 'trace');
    expect(new Set(lines.map(({ fields }) => fields['event']))).toEqual(
      new Set([...events.map(({ name }) => name), 'prompt.injection', 'auth.failed', undefined]),
    );
    const retry = lines.find(({ fields }) => fields['event'] === 'model.retry');
    expect(retry?.level).toBe('warn');
    expect(retry?.fields['wait_ms']).toEqual(expect.any(Number));
    expect(retry?.fields['trace_id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has only the lines that a query asks for', () => {
    const found = sampleOf(reference, { end }).logs(
      '{service_name="research-agent"} | json | event="tool.denied"',
    );
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ fields }) => fields['event']))).toEqual(new Set(['tool.denied']));
  });

  it('writes what fails at level error, with the trace that it failed in', () => {
    const sample = sampleOf(reference, { end });
    const found = sample.logs('{service_name="research-agent"} | json | level=~"error|fatal" | event=""');
    const failed = sample.traces('{ status = error }').map(({ traceId }) => traceId);
    expect(new Set(found.map(({ fields }) => fields['trace_id']))).toEqual(new Set(failed));
    expect(found.every(({ fields }) => typeof fields['exception.type'] === 'string')).toBe(true);
  });

  it('has security events of a day, at the levels of their severities', () => {
    const found = sampleOf(reference, { end }).logs(
      '{} | json | event=~"prompt\\\\.injection|auth\\\\.failed"',
    );
    const levels = found.map(({ level, fields }) => `${String(fields['event'])} ${level}`);
    expect(new Set(levels)).toEqual(new Set(['prompt.injection error', 'auth.failed warn']));
    expect(Math.min(...found.map(({ time }) => time))).toBeLessThan((end - 20 * 3600) * 1000);
  });

  it('has traces of the spans, within the last hour', () => {
    const traces = sampleOf(reference, { end }).traces();
    expect(traces.map(({ name }) => name)).toContain('agent.run');
    expect(
      traces.every(
        ({ start, duration }) => start <= end * 1000 && start > (end - 3700) * 1000 && duration > 0,
      ),
    ).toBe(true);
    expect(new Set(traces.map(({ status }) => status))).toEqual(new Set(['ok', 'error']));
  });
});

describeWithPromtool('blocks', () => {
  it('hold what promtool makes of the text', async () => {
    const sample = sampleOf(alex, { end });
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-sample-'));
    try {
      const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
      for (const each of [ours, theirs]) mkdirSync(join(each, 'wal'), { recursive: true });
      await sample.writeBlocks(ours);
      // A few metrics of each type: promtool takes its time. The name of a family is all that its text begins with.
      const kept = /^(?:alex_llm_latency_seconds|alex_cost|alex_sessions|up|obsgen)/;
      const text = [...sample.openMetrics()]
        .join('')
        .split('\n')
        .filter((line) => kept.test(line))
        .join('\n');
      const made = promtool(['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', 'sample.om', theirs], {
        'sample.om': `${text}\n# EOF\n`,
      });
      expect(made.output).toBe('');
      const dump = (path: string): readonly string[] =>
        promtool(
          [
            'tsdb',
            'dump',
            '--match={__name__=~"(alex_llm_latency_seconds|alex_cost|alex_sessions|up|obsgen).*"}',
            path,
          ],
          {},
        )
          .output.split('\n')
          .sort();
      expect(dump(ours).length).toBeGreaterThan(1000);
      expect(dump(ours)).toEqual(dump(theirs));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
