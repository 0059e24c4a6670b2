// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { FamilyNews } from './news.js';
import type { Channel, NodeThreads } from './node-threads.js';

/** Only the main thread listens here: a message between threads is copied for each who listens. */
const toMain = 'obs-gen.threads.1.to-main';

/** All other threads listen here, to questions only. */
const toThreads = 'obs-gen.threads.1.to-threads';

/** What a thread tells the main thread. */
export interface ThreadMessage {
  readonly thread: number;
  /** Nothing that the thread said before holds. */
  readonly isFirst: boolean;
  readonly news: readonly FamilyNews[];
  /** The question that this answers. */
  readonly answers?: number | undefined;
  /** Threads that have ended. */
  readonly ended?: readonly number[] | undefined;
}

/** What the main thread asks. */
export interface MainMessage {
  readonly question: number;
  /** Those who are asked; undefined: all, and for everything that they have. */
  readonly threads: readonly number[] | undefined;
}

/** Says something to the main thread. A channel that stayed open would get what all other threads say. */
export function tellMain({ BroadcastChannel }: NodeThreads, message: ThreadMessage): void {
  const channel = new BroadcastChannel(toMain);
  channel.postMessage(message);
  channel.close();
}

/** Hears what threads say. */
export function hearThreads({ BroadcastChannel }: NodeThreads, hear: (message: ThreadMessage) => void): void {
  listen(new BroadcastChannel(toMain), (data) => {
    hear(data as ThreadMessage);
  });
}

/** Hears what the main thread asks. */
export function hearMain({ BroadcastChannel }: NodeThreads, hear: (message: MainMessage) => void): void {
  listen(new BroadcastChannel(toThreads), (data) => {
    hear(data as MainMessage);
  });
}

/** Asks threads. */
export function askThreads({ BroadcastChannel }: NodeThreads, message: MainMessage): void {
  const channel = new BroadcastChannel(toThreads);
  channel.postMessage(message);
  channel.close();
}

function listen(channel: Channel, hear: (data: unknown) => void): void {
  channel.onmessage = ({ data }) => {
    hear(data);
  };
  channel.unref?.();
}
