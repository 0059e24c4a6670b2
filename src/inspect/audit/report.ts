/** What is wrong with a line of an audit trail. */
export type AuditFaultKind = 'edited' | 'deleted' | 'inserted' | 'reordered' | 'truncated';

/** The first fault of a file: nothing behind it proves anything. */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** From 1; behind the last line where records are missing at the end. */
  readonly line: number;
  readonly message: string;
}

/** What was found in one file. */
export interface AuditFileReport {
  readonly file: string;
  readonly chain: string | undefined;
  /** Numbers of the first and the last record that are proven. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly records: number;
  /** Lines that were torn off by a crash and are accounted for by the record behind them. */
  readonly repaired: number;
  readonly fault: AuditFault | undefined;
}

/** What was found in all files. */
export interface AuditReport {
  readonly sealed: 'sha256' | 'hmac-sha256';
  readonly files: readonly AuditFileReport[];
}
