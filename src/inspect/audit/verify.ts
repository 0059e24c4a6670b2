import { createHash } from 'node:crypto';
import { chainStart, createSeal, ownEvents, readLine } from '../../runtime/audit/record.js';
import type { AuditRecord, Seal } from '../../runtime/audit/record.js';
import type { AuditFault, AuditFaultKind, AuditFileReport, AuditReport } from './report.js';

/** A file of an audit trail. */
export interface AuditFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is known from elsewhere. */
export interface AuditExpectation {
  /** The secret of the chain. */
  readonly key?: string | undefined;
  /** The number that the last record must have at least, as logs or statistics of the service told it. */
  readonly records?: number | undefined;
}

/** One line: what it says, where it says anything. */
interface Line {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly record: AuditRecord | undefined;
  readonly isSealed: boolean;
}

interface ReadFile {
  readonly path: string;
  readonly lines: readonly Line[];
  /** Bytes behind the last line end. */
  readonly torn: number;
}

/** Where a chain stands behind a file. */
interface End {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Proves files of audit trails: each line against its own hash, each against the one before it, and each file of a chain against the
 * file before it, whatever the order they are given in.
 */
export function verifyAudit(files: readonly AuditFile[], expected: AuditExpectation = {}): AuditReport {
  const seal = createSeal(expected.key);
  const read = files.map((file) => readFile(file, seal));
  const ends = new Map<string, End>();
  const reports: AuditFileReport[] = [];
  for (const file of [...read].sort((left, right) => firstOf(left) - firstOf(right))) {
    const chain = chainOf(file);
    const report = verifyFile(file, chain === undefined ? undefined : ends.get(chain));
    reports.push(report);
    const last = file.lines.findLast(({ record }) => record !== undefined)?.record;
    if (chain !== undefined && last !== undefined) ends.set(chain, last);
  }
  return { sealed: seal.algorithm, files: withCount(reports, expected.records) };
}

/** Names the end of the last file where the service told of more records than there are. */
function withCount(
  reports: readonly AuditFileReport[],
  records: number | undefined,
): readonly AuditFileReport[] {
  const last = reports.at(-1);
  if (records === undefined || last === undefined || last.fault !== undefined || (last.last ?? 0) >= records)
    return reports;
  const line = last.records + last.repaired + 1;
  const message = `the trail ends with record ${last.last ?? 0}, and there were ${records}`;
  return [...reports.slice(0, -1), { ...last, fault: { kind: 'truncated', line, message } }];
}

function readFile({ path, bytes }: AuditFile, seal: Seal): ReadFile {
  const lines: Line[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const part = bytes.subarray(start, end);
    const text = Buffer.from(part).toString('utf8');
    // Bytes that are no UTF-8 would read as others do.
    const read = Buffer.from(text).equals(part) ? readLine(text, seal) : undefined;
    lines.push({
      number: lines.length + 1,
      bytes: part,
      record: read?.record,
      isSealed: read?.isSealed ?? false,
    });
    start = end + 1;
  }
  return { path, lines, torn: bytes.length - start };
}

function firstOf({ lines }: ReadFile): number {
  return lines.find(({ record }) => record !== undefined)?.record?.seq ?? Infinity;
}

/** The chain that most lines name: one line may name another. */
function chainOf({ lines }: ReadFile): string | undefined {
  const counts = new Map<string, number>();
  for (const { record } of lines)
    if (record !== undefined) counts.set(record.chain, (counts.get(record.chain) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

function verifyFile(file: ReadFile, before: End | undefined): AuditFileReport {
  const chain = chainOf(file);
  let end = before;
  let first: number | undefined;
  let records = 0;
  let repaired = 0;
  let fault: AuditFault | undefined;
  for (const [index, line] of file.lines.entries()) {
    if (isTorn(line, file.lines[index + 1])) {
      repaired += 1;
      continue;
    }
    fault = faultOf(file, index, chain, end);
    if (fault !== undefined || line.record === undefined) break;
    first ??= line.record.seq;
    records += 1;
    end = line.record;
  }
  if (fault === undefined && file.torn > 0) {
    const message = `the last line is torn off after ${file.torn} bytes: the process ended while it wrote, or somebody cut the file`;
    fault = { kind: 'truncated', line: file.lines.length + 1, message };
  }
  if (fault === undefined && records === 0)
    fault = {
      kind: 'truncated',
      line: 1,
      message: 'the file is empty: each trail begins with a record of its own',
    };
  return {
    file: file.path,
    chain,
    first,
    last: records === 0 ? undefined : end?.seq,
    records,
    repaired,
    fault,
  };
}

/** Whether a line is what the record behind it says was torn off. */
function isTorn(line: Line, next: Line | undefined): boolean {
  if (line.record !== undefined || next?.isSealed !== true || next.record?.event !== ownEvents.repaired)
    return false;
  const { bytes, sha256 } = next.record.fields;
  return bytes === line.bytes.length && sha256 === createHash('sha256').update(line.bytes).digest('hex');
}

function faultOf(
  file: ReadFile,
  index: number,
  chain: string | undefined,
  end: End | undefined,
): AuditFault | undefined {
  const line = file.lines[index];
  if (line === undefined) return undefined;
  const { number, record, isSealed } = line;
  const fault = (kind: AuditFaultKind, message: string): AuditFault => ({ kind, line: number, message });
  if (record === undefined) return fault('edited', 'it is no record');
  if (!isSealed)
    return fault('edited', 'its hash is not that of its content, or it was made with another key');
  if (record.chain !== chain) return fault('inserted', `it is of another chain, ${record.chain}`);
  if (end === undefined) return beginning(record, fault);
  if (record.seq === end.seq + 1) {
    return record.prev === end.hash
      ? undefined
      : fault(
          'edited',
          `it does not go on from record ${end.seq}: that one has been made anew, with another content`,
        );
  }
  return outOfOrder(file, index, record, end, fault);
}

function beginning(
  record: AuditRecord,
  fault: (kind: AuditFaultKind, message: string) => AuditFault,
): AuditFault | undefined {
  const isStart = record.seq === 1 && record.prev === chainStart;
  const isNextFile = record.event === ownEvents.continued && record.fields['after'] !== undefined;
  return isStart || isNextFile
    ? undefined
    : fault('deleted', `it is record ${record.seq}: the ones before it are missing`);
}

function outOfOrder(
  file: ReadFile,
  index: number,
  record: AuditRecord,
  end: End,
  fault: (kind: AuditFaultKind, message: string) => AuditFault,
): AuditFault {
  const expected = end.seq + 1;
  const position = (seq: number): number => file.lines.findIndex((each) => each.record?.seq === seq);
  const isNewFile = index === 0;
  if (record.seq < expected) {
    const copy = position(record.seq);
    return copy >= 0 && copy < index
      ? fault('inserted', `record ${record.seq} stands in line ${copy + 1} already`)
      : fault('inserted', `it is record ${record.seq}, behind record ${end.seq}`);
  }
  if (position(expected) > index)
    return fault(
      'reordered',
      `it is record ${record.seq}, and record ${expected} stands in line ${position(expected) + 1}`,
    );
  const missing =
    record.seq - 1 === expected ? `record ${expected} is` : `records ${expected} to ${record.seq - 1} are`;
  return isNewFile
    ? fault(
        'truncated',
        `${missing} missing: the file before this one ends too early, or one between them is not here`,
      )
    : fault('deleted', `${missing} missing before it`);
}
