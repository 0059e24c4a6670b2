import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/inspect/audit/verify.js';
import type { AuditReport } from '../../src/inspect/audit/report.js';
import { AuditTrail } from '../../src/runtime/audit/trail.js';
import type { AuditOptions } from '../../src/runtime/audit/trail.js';
import { runs } from '../support/long.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-audit-'));
  file = join(folder, 'audit.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(count: number, options: Partial<AuditOptions> = {}): void {
  const trail = new AuditTrail({ file, sync: 'never', ...options });
  for (let index = 0; index < count; index += 1)
    trail.add('auth.failed', { source_ip: `192.0.2.${index}`, index });
  trail.close();
}

function verify(key?: string, records?: number): AuditReport {
  const names = readdirSync(folder).filter((name) => !name.includes('.lock.'));
  return verifyAudit(
    names.map((name) => ({ path: name, bytes: readFileSync(join(folder, name)) })),
    { key, records },
  );
}

function faults(report: AuditReport): unknown[] {
  return report.files.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
}

describe('an audit trail', () => {
  test('is a file for its owner alone, one record a line, and its chain is proven', () => {
    write(5);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(6);
    const [report] = verify().files;
    expect(report).toMatchObject({ first: 1, last: 6, records: 6, repaired: 0, fault: undefined });
  });

  test('goes on with its chain when the service starts again', () => {
    write(3);
    write(2);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events.filter((event) => event.startsWith('audit.'))).toEqual(['audit.opened', 'audit.continued']);
    expect(verify().files[0]).toMatchObject({ last: 7, fault: undefined });
  });

  test('goes on in the next file where one is full, and with a start between the two', () => {
    write(60, { rotateBytes: 4096 });
    write(60, { rotateBytes: 4096 });
    const report = verify();
    expect(report.files.length).toBeGreaterThan(3);
    expect(faults(report)).toEqual([]);
    const numbers = report.files.map(({ first, last }) => [first, last]);
    for (const [index, [first]] of numbers.entries()) {
      if (index > 0) expect(first).toBe((numbers[index - 1]?.[1] ?? 0) + 1);
    }
  });

  test('tells that a file between two others is gone, or ends too early', () => {
    write(60, { rotateBytes: 4096 });
    const [first = '', second = ''] = readdirSync(folder)
      .filter((name) => /\d{12}$/.test(name))
      .sort();
    const whole = readFileSync(join(folder, first));
    truncateSync(join(folder, first), whole.lastIndexOf(10, whole.length - 2) + 1);
    expect(faults(verify())).toMatchObject([{ kind: 'truncated', line: 1 }]);
    writeFileSync(join(folder, first), whole);
    expect(faults(verify())).toEqual([]);
    rmSync(join(folder, second));
    expect(faults(verify())).toMatchObject([{ kind: 'truncated' }]);
  });

  test('with a key nobody else can make it anew', () => {
    write(3, { key: 'the secret of the chain' });
    expect(faults(verify('the secret of the chain'))).toEqual([]);
    expect(faults(verify('another secret'))).toMatchObject([{ kind: 'edited', line: 1 }]);
    rmSync(file);
    write(3);
    expect(faults(verify('the secret of the chain'))).toMatchObject([{ kind: 'edited', line: 1 }]);
  });

  test('accounts for a line that was torn off, at any byte', () => {
    write(3);
    const whole = readFileSync(file);
    const last = whole.lastIndexOf(10, whole.length - 2) + 1;
    fc.assert(
      fc.property(fc.integer({ min: last + 1, max: whole.length - 1 }), (length) => {
        writeFileSync(file, whole.subarray(0, length));
        expect(faults(verify())).toMatchObject([{ kind: 'truncated', line: 4 }]);
        write(1);
        expect(verify().files[0]).toMatchObject({ repaired: 1, fault: undefined });
      }),
      { numRuns: 40 },
    );
  });

  test('a trail that somebody has changed is put aside whole, and a new one begins', () => {
    write(3);
    appendFileSync(file, '{"seq":5,"forged":true}\n');
    write(1);
    const names = readdirSync(folder).filter((name) => !name.includes('.lock.'));
    expect(names).toHaveLength(2);
    expect(names.filter((name) => name.includes('.broken-'))).toHaveLength(1);
    expect(verifyAudit([{ path: file, bytes: readFileSync(file) }]).files[0]).toMatchObject({
      first: 1,
      fault: undefined,
    });
  });

  test('two trails of one file at the same time write to files of their own', () => {
    const trails = [1, 2, 3].map(() => new AuditTrail({ file, sync: 'never' }));
    for (let index = 0; index < 30; index += 1) trails[index % 3]?.add('auth.failed', { index });
    for (const trail of trails) trail.close();
    const report = verify();
    expect(report.files.map(({ file: name }) => name).sort()).toEqual([
      'audit.2.jsonl',
      'audit.3.jsonl',
      'audit.jsonl',
    ]);
    expect(report.files.map(({ records }) => records)).toEqual([11, 11, 11]);
    expect(faults(report)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('.lock.'))).toEqual([]);
  });
});

describe('any single change is found', () => {
  const records = 13;
  let lines: string[] = [];
  beforeEach(() => {
    write(records - 1);
    lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  });

  function faultOf(changed: readonly string[]): { kind: string; line: number } | undefined {
    const bytes = Buffer.from(changed.map((line) => `${line}\n`).join(''));
    return verifyAudit([{ path: file, bytes }], { records }).files[0]?.fault;
  }

  const index = fc.nat({ max: records - 1 });

  test('of a byte', () => {
    const whole = readFileSync(file);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ by;
        const fault = verifyAudit([{ path: file, bytes: changed }], { records }).files[0]?.fault;
        const line = whole.subarray(0, at).toString('latin1').split('\n').length;
        expect(fault).toBeDefined();
        expect(Math.abs((fault?.line ?? 0) - line)).toBeLessThanOrEqual(1);
      }),
      { numRuns: runs(3000) },
    );
  });

  test('of a field, hash made anew or not', () => {
    fc.assert(
      fc.property(index, fc.string(), (at, text) => {
        const changed = lines.map((line, each) =>
          each === at ? JSON.stringify({ ...(JSON.parse(line) as object), fields: { text } }) : line,
        );
        expect(faultOf(changed)).toMatchObject({ kind: 'edited', line: at + 1 });
      }),
    );
  });

  test('a line less', () => {
    fc.assert(
      fc.property(index, (at) => {
        const fault = faultOf(lines.filter((_, each) => each !== at));
        expect(fault).toMatchObject({ kind: at === records - 1 ? 'truncated' : 'deleted', line: at + 1 });
      }),
    );
  });

  test('a line more, of its own or made up', () => {
    fc.assert(
      fc.property(fc.nat({ max: records }), fc.oneof(index, fc.string()), (at, added) => {
        const line = typeof added === 'number' ? (lines[added] ?? '') : added.replace(/[\n\r]/g, '');
        expect(faultOf([...lines.slice(0, at), line, ...lines.slice(at)])).toBeDefined();
      }),
    );
  });

  test('two lines changed for each other', () => {
    fc.assert(
      fc.property(index, index, (left, right) => {
        fc.pre(left !== right);
        const changed = lines.map((line, each) =>
          each === left ? (lines[right] ?? '') : each === right ? (lines[left] ?? '') : line,
        );
        const fault = faultOf(changed);
        expect(fault).toMatchObject({ line: Math.min(left, right) + 1 });
        if (Math.min(left, right) > 0) expect(fault?.kind).toBe('reordered');
      }),
    );
  });
});
