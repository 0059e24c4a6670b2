import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { courses } from '../../src/gpu/dcgm/alert-courses.js';
import { presences } from '../../src/gpu/dcgm/fields.js';
import { dcgmRecords, devicesSeen } from '../../src/gpu/dcgm/records.js';
import { packageRoot } from '../../src/package-root.js';
import { printDuration } from '../../src/promql/duration.js';
import { selectors } from '../../src/promql/walk.js';
import { checkedModel, specOf } from '../presets/preset-model.js';

const page = readFileSync(join(packageRoot, 'docs/gpu.md'), 'utf8');

/** The rows of the table below a heading: cells without the quotes of code. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const rows =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| `')) ?? [];
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

const { model } = checkedModel(specOf(['gpu', 'training']));

describe('docs/gpu.md', () => {
  it('has every metric with its labels', () => {
    const metrics = [...model.metrics.values()].filter(({ origin }) => origin.preset === 'gpu');
    expect(rowsBelow('Names and units').map(([name, labels]) => [name, labels])).toEqual(
      metrics.map(({ name, labels }) => [name, labels.map(({ wire }) => wire).join(', ')]),
    );
  });

  it.each(rowsBelow('Names and units').map(([name = '', , dcgm = '']) => [name, dcgm] as const))(
    '%s has the fields of DCGM that it is recorded from',
    (name, dcgm) => {
      const own = dcgmRecords.filter(({ record }) => record === name);
      const read = own.flatMap(({ expr }) => selectors(expr).map(({ metric }) => metric ?? ''));
      const behind = read.includes(devicesSeen) ? presences : read;
      const told = dcgm === '–' ? [] : dcgm.split(/, | \+ /);
      expect([...told].sort()).toEqual([...new Set(behind)].sort());
    },
  );

  it('has every alert as it is', () => {
    const alerts = [...model.alerts.values()].map((alert) => [
      alert.name,
      printDuration(alert.for?.seconds ?? 0),
      alert.severity,
      courses.has(alert.name) ? 'yes' : '–',
    ]);
    const told = rowsBelow('Alerts').map(([name, , waits, severity, dcgm]) => [name, waits, severity, dcgm]);
    expect([...told].sort()).toEqual([...alerts].sort());
  });
});
