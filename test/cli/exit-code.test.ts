import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.js';
import { today } from '../../src/cli/today.js';
import { UsageError } from '../../src/cli/usage-error.js';
import { finding } from './sample.js';

const error = finding({ message: 'm' });
const warning = finding({ severity: 'warning', message: 'm' });
const note = finding({ severity: 'info', message: 'm' });
const refused = finding({ code: 'OBS4107', message: 'm' });
const bug = finding({ code: 'OBS9001', message: 'm' });

it.each([
  [[], false, 0],
  [[note], true, 0],
  [[warning], false, 0],
  [[note, warning], true, 1],
  [[warning, error], false, 1],
  [[error, refused], false, 2],
  [[refused, error, bug], false, 70],
])('the exit code of case %#', (diagnostics, strict, expected) => {
  expect(exitCodeOf(diagnostics, strict)).toBe(expected);
});

it('today is the day in UTC, or that of SOURCE_DATE_EPOCH', () => {
  expect(today({}, new Date('2026-11-20T23:59:59-05:00'))).toBe('2026-11-21');
  expect(today({ SOURCE_DATE_EPOCH: '' }, new Date('2026-11-20T12:00:00Z'))).toBe('2026-11-20');
  expect(today({ SOURCE_DATE_EPOCH: '0' })).toBe('1970-01-01');
  expect(today({ SOURCE_DATE_EPOCH: '253402300799' })).toBe('9999-12-31');
  expect(() => today({ SOURCE_DATE_EPOCH: '253402300800' })).toThrow(UsageError);
  expect(() => today({ SOURCE_DATE_EPOCH: '１２' })).toThrow(UsageError);
});
