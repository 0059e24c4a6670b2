// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { bytesOf, isSnapshot, requestMessage } from './cluster-messages.js';
import type { SnapshotMessage } from './cluster-messages.js';
import { Member } from './member.js';
import type { MemberSource, MemberState } from './member-source.js';
import type { Merge } from './merge.js';
import { primaryVariable } from './node-cluster.js';
import type { ClusterWorker, NodeCluster, PrimaryProcess } from './node-cluster.js';
import { memoriesOf } from './snapshot.js';
import { withinSeconds } from '../timers.js';
import { Waiting } from './waiting.js';

interface WorkerMember {
  readonly member: Member;
  readonly waiting: Waiting;
  readonly pid: number | undefined;
  /** Whether it has to say everything anew. */
  isUnknown: boolean;
}

/** The side of the primary of a cluster: asks the workers, and keeps what they said. */
export class ClusterPrimary implements MemberSource {
  readonly kind = 'process';
  ended = 0;
  lostRows = 0;
  private readonly cluster: NodeCluster;
  private readonly merge: Merge;
  private readonly onMember: () => void;
  private readonly members = new Map<number, WorkerMember>();

  /** @param onMember called when a worker has answered for the first time */
  constructor(cluster: NodeCluster, merge: Merge, onMember: () => void) {
    this.cluster = cluster;
    this.merge = merge;
    this.onMember = onMember;
  }

  start({ env, pid }: PrimaryProcess): void {
    env[primaryVariable] = String(pid);
    this.cluster.on('message', (worker, message) => {
      if (isSnapshot(message)) this.note(worker, message);
    });
    this.cluster.on('disconnect', (worker) => {
      this.end(worker);
    });
    this.cluster.on('exit', (worker) => {
      if (!worker.isConnected()) this.end(worker);
    });
    // Workers that were started before do not know of this process.
    for (const worker of this.workers()) this.request(worker);
  }

  async ask(deadlineSeconds: number): Promise<void> {
    const asked = this.workers().map((worker) => this.request(worker));
    await withinSeconds(deadlineSeconds, Promise.all(asked.map(({ waiting }) => waiting.next())));
    for (const { waiting } of asked) waiting.missed();
  }

  states(): MemberState[] {
    return Array.from(this.members, ([id, { member, waiting, pid }]) => ({
      ...{ kind: 'process', id, pid, families: member.familyCount },
      ...{ isLate: waiting.isLate, answeredAt: waiting.answeredAt },
    }));
  }

  private workers(): ClusterWorker[] {
    return Object.values(this.cluster.workers ?? {}).filter(
      (worker) => worker?.isConnected() === true,
    ) as ClusterWorker[];
  }

  private memberOf({ id, process: { pid } }: ClusterWorker): WorkerMember {
    const known = this.members.get(id);
    if (known !== undefined) return known;
    const made = { member: new Member(this.merge), waiting: new Waiting(), pid, isUnknown: true };
    this.members.set(id, made);
    return made;
  }

  private request(worker: ClusterWorker): WorkerMember {
    const found = this.memberOf(worker);
    try {
      worker.send(requestMessage(found.isUnknown), ignore);
    } catch {
      // It is about to end; its 'disconnect' follows.
    }
    return found;
  }

  private note(worker: ClusterWorker, message: SnapshotMessage): void {
    const found = this.memberOf(worker);
    const { member, waiting } = found;
    try {
      if (message.isFirst) member.forget();
      else if (found.isUnknown) return;
      member.note(message.news);
      const families = member.families();
      const memories = memoriesOf(
        { rowCounts: message.rowCounts, bytes: bytesOf(message) },
        families.map(({ width }) => width),
      );
      families.forEach((family, index) => (family.memory = memories[index] ?? family.memory));
      found.isUnknown = false;
      waiting.answered();
      this.onMember();
    } catch (error) {
      // What it says from now on builds on something that was not understood.
      found.isUnknown = true;
      diag.warn(`the metrics of worker ${worker.id} could not be read`, error);
    }
  }

  private end(worker: ClusterWorker): void {
    const found = this.members.get(worker.id);
    if (found === undefined) return;
    this.members.delete(worker.id);
    this.lostRows += found.member.end();
    found.waiting.ends();
    this.ended += 1;
  }
}

function ignore(): void {
  // It is about to end; its 'disconnect' follows.
}
