// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { families } from '../exposition/registry.js';
import { setFamilySource } from '../exposition/shown.js';
import { shared } from '../shared.js';
import { Aggregation, refreshedFamilies } from './aggregation.js';
import { ClusterMember } from './cluster-worker.js';
import { ClusterPrimary } from './cluster-primary.js';
import { MainThread } from './main-thread.js';
import { showMembers } from './member-metrics.js';
import type { MemberState } from './member-source.js';
import type { HiddenFamily } from './merge.js';
import { nodeCluster, clusterProcess } from './node-cluster.js';
import { nodeThreads, threadedProcess } from './node-threads.js';
import { ThreadMember } from './thread-member.js';

/** What a program may choose. */
export interface AggregationOptions {
  /** How long a page waits for processes that do not answer; default 1. Their last known values are shown then. */
  readonly deadlineSeconds?: number | undefined;
}

/** What is known of the processes and threads of the service. */
export interface AggregationStats {
  /**
   * `single`: nobody else is known; `main`: this process shows the metrics of its workers and threads; `worker` and `thread`: another
   * one shows those of this one.
   */
  readonly role: 'single' | 'main' | 'worker' | 'thread';
  readonly members: readonly MemberState[];
  /** Members that have ended. Their counts are still shown. */
  readonly ended: { readonly processes: number; readonly threads: number };
  /** Rows that nobody can show, because their thread was ended before it could tell their labels. */
  readonly lostRows: number;
  /** Metrics that are not shown, because most members have another one of that name. */
  readonly hidden: readonly HiddenFamily[];
  /** Rows of members that share `__other__` with others, because together they have more label values than the cap. */
  readonly folded: readonly { readonly metric: string; readonly label: string; readonly rows: number }[];
}

interface State {
  readonly aggregation: Aggregation;
  isStarted: boolean;
  role: AggregationStats['role'];
  /** Tells the one who shows the metrics of this process what is new. */
  sayNow: () => void;
}

const state = shared('aggregation', (): State => ({
  aggregation: new Aggregation(),
  isStarted: false,
  role: 'single',
  sayNow: () => undefined,
}));

/**
 * Makes one page of the metrics of a service that runs in several processes or threads. To be called in each of them: in workers of
 * node:cluster and in threads it makes their metrics known to the primary and the main thread, whose page has all. A second call only
 * changes the deadline. Never throws.
 */
export function startAggregation({ deadlineSeconds }: AggregationOptions = {}): void {
  const { aggregation } = state;
  aggregation.deadlineSeconds = deadlineSeconds ?? 1;
  if (state.isStarted) return;
  state.isStarted = true;
  const threads = nodeThreads();
  const process = threadedProcess();
  if (threads === undefined || process === undefined) return;
  if (!threads.isMainThread) {
    const member = new ThreadMember(threads, { families, refreshed: refreshedFamilies });
    state.role = 'thread';
    state.sayNow = () => {
      member.sayNow();
    };
    member.start(process);
    return;
  }
  const onMember = (): void => {
    if (aggregation.hasMembers) return;
    aggregation.hasMembers = true;
    if (state.role === 'single') state.role = 'main';
    showMembers(aggregation);
    setFamilySource(() => aggregation.collect());
  };
  const main = new MainThread(threads, aggregation.merge, onMember);
  aggregation.sources.push(main);
  main.start(process);
  startCluster(onMember);
}

function startCluster(onMember: () => void): void {
  const { aggregation } = state;
  const cluster = nodeCluster();
  const process = clusterProcess();
  if (cluster === undefined || process === undefined) return;
  if (cluster.isWorker) {
    const member = new ClusterMember(process, cluster, aggregation);
    state.role = 'worker';
    state.sayNow = () => {
      member.sayNow();
    };
    member.start();
  } else {
    const primary = new ClusterPrimary(cluster, aggregation.merge, onMember);
    aggregation.sources.push(primary);
    primary.start(process);
  }
}

/**
 * Tells the process or thread that shows the metrics of this one what is new, without being asked: to be called where the program
 * ends. Never throws.
 */
export function flushAggregation(): void {
  state.sayNow();
}

/** What is known of the processes and threads of the service. */
export function aggregationStats(): AggregationStats {
  const { aggregation, role } = state;
  const { sources, merge } = aggregation;
  const ended = (kind: MemberState['kind']): number =>
    sources.filter((source) => source.kind === kind).reduce((sum, source) => sum + source.ended, 0);
  return {
    role,
    members: aggregation.states(),
    ended: { processes: ended('process'), threads: ended('thread') },
    lostRows: sources.reduce((sum, source) => sum + source.lostRows, 0),
    hidden: merge.hidden(),
    folded: merge.folded(),
  };
}
