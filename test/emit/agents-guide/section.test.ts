import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentsGuide } from '../../../src/emit/agents-guide/emitter.js';
import { withSection } from '../../../src/emit/agents-guide/section.js';
import { modelOf } from '../../support/model.js';

const section = '## Telemetry\n\nUse the helpers.\n';
const put = (text: string, body = section): string => {
  const found = withSection(text, body);
  if (typeof found !== 'string') throw new Error(found.fault);
  return found;
};

describe('the section of AGENTS.md', () => {
  it('is the file where there was none, and stands behind what there was', () => {
    expect(put('')).toMatch(
      /^<!-- obs-gen: begin.*-->\n\n## Telemetry\n\nUse the helpers\.\n\n<!-- obs-gen: end -->\n$/,
    );
    expect(put('# Ours')).toMatch(/^# Ours\n\n<!-- obs-gen: begin/);
    expect(put('# Ours\n')).toMatch(/^# Ours\n\n<!-- obs-gen: begin/);
  });

  it('is put in once, replaced in its place, and leaves every other byte as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, behind) => {
        fc.pre(!`${before}${behind}`.includes('<!-- obs-gen:'));
        const first = put(before);
        expect(put(first)).toBe(first);
        expect(first.startsWith(before)).toBe(true);
        const grown = `${first}${behind}`;
        const changed = put(grown, '## Other\n');
        expect(changed.startsWith(before)).toBe(true);
        expect(changed.endsWith(behind)).toBe(true);
        expect(changed).toContain('## Other');
        expect(changed).not.toContain('Use the helpers');
      }),
    );
  });

  it('has the line ends of the file', () => {
    const text = put('# Ours\r\n');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(put(text)).toBe(text);
  });

  it.each([
    ['<!-- obs-gen: begin -->\ntext'],
    ['<!-- obs-gen: end -->\n'],
    ['<!-- obs-gen: end -->\n<!-- obs-gen: begin -->\n'],
    ['<!-- obs-gen: begin -->\n<!-- obs-gen: begin -->\n<!-- obs-gen: end -->\n'],
  ])('is not put between marks that do not fit: %j', (text) => {
    expect(withSection(text, section)).toMatchObject({
      fault: 'its marks of the section do not fit together',
    });
  });
});

describe('the rules for coding agents', () => {
  const model = modelOf(`version: 1
service: { name: checkout, owner: payments }
labels: { outcome: { description: How., values: [ok, 'a\`b'] }, tool: { description: Tool., registered: true, cap: 9 } }
metrics:
  runs_total: { type: counter, help: Runs., labels: [outcome] }
  calls_total: { type: counter, help: Calls., labels: [tool] }
alerts: { Fails: { expr: 'rate(runs_total{outcome="ok"}[5m]) + rate(calls_total[5m]) > 1', severity: info, summary: s } }
`);

  it('name the helpers, the values of labels and the commands', () => {
    const text = agentsGuide(model, 'src/generated');
    expect(text).toContain('## Telemetry of checkout');
    expect(text).toContain('`metrics.runsTotal`, `metrics.callsTotal`');
    expect(text).toContain('`outcome` (`ok`, ``a`b``)');
    expect(text).toContain('`labels.tool.register([…])`');
    expect(text).toContain('typed helpers in `src/generated/`');
    expect(text).toContain("`import { metrics, labels } from '…/index.js';`");
    expect(text).toContain('`npx obs-gen build`');
  });
});
