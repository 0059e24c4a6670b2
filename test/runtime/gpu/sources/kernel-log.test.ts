import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { KernelLog } from '../../../../src/runtime/gpu/sources/kernel-log.js';
import type { XidReport } from '../../../../src/runtime/gpu/sources/kernel-log.js';

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-gpu-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const xid = (record: number, seconds: number, code: number): string =>
  `4,${record},${seconds}000000,-;NVRM: Xid (PCI:0000:9b:00): ${code}, pid=1, name=python, what it is\n`;
const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

it('tells what the driver has reported since the host was started, and what it reports from now on', async () => {
  const path = join(folder, 'kmsg');
  // A device answers with a record a call. Of a file, a call answers with all that is there.
  writeFileSync(path, xid(7, 10, 79));
  const reports: XidReport[] = [];
  const log = new KernelLog((report) => reports.push(report), path);
  log.start();
  await wait(0.1);
  expect(reports).toEqual([
    { address: '0000:9b:00', xid: 79, at: expect.closeTo(Date.now() / 1000 - uptime() + 10, 0) as number },
  ]);
  appendFileSync(path, `6,8,11000000,-;usb 1-1: new device\n${xid(9, 12, 48)}`);
  await wait(1.5);
  expect(reports.map(({ xid: code }) => code)).toEqual([79, 48]);

  log.stop();
  appendFileSync(path, xid(10, 13, 31));
  await wait(1.2);
  expect(reports).toHaveLength(2);
  log.start();
  await wait(0.1);
  expect(
    reports.map(({ xid: code }) => code),
    'nothing twice',
  ).toEqual([79, 48, 31]);
  log.stop();
});

it('is silent where the log may not be read', () => {
  const log = new KernelLog(
    () => {
      throw new Error('there is nothing to tell');
    },
    join(folder, 'nothing'),
  );
  log.start();
  log.stop();
});
