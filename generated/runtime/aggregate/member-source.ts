// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What is known of a process or thread whose metrics are on the page. */
export interface MemberState {
  readonly kind: 'process' | 'thread';
  /** The worker's id in the cluster, or the thread's. */
  readonly id: number;
  readonly pid?: number | undefined;
  /** Metrics that it has named. */
  readonly families: number;
  /** Whether it let the deadline of a page pass and has not answered since: its last known values are shown. */
  readonly isLate: boolean;
  /** Monotonic seconds of its last answer; undefined before the first one. */
  readonly answeredAt: number | undefined;
}

/** A way by which others give their metrics. */
export interface MemberSource {
  readonly kind: MemberState['kind'];
  /** How many have ended. */
  readonly ended: number;
  /** Rows of members that have ended before they could tell their labels. */
  readonly lostRows: number;
  /** Gets what is needed for a page; settles at the deadline at the latest. Never rejects. */
  ask(deadlineSeconds: number): Promise<void>;
  states(): readonly MemberState[];
}
