// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { FamilyNews } from './news.js';
import type { Snapshot } from './snapshot.js';

/** Names of our own: prom-client's start with `prom-client:`, Node's with `NODE_`. */
export const messageType = { request: 'obs-gen:request.1', snapshot: 'obs-gen:snapshot.1' } as const;

/** The primary asks a worker. */
export interface RequestMessage {
  readonly type: typeof messageType.request;
  /** The primary knows nothing of the worker. */
  readonly isFirst: boolean;
  /** Arrives as bytes where the channel can carry them, which Node tells nobody; else as something else. */
  readonly probe: Uint8Array;
}

/** A worker answers, or says goodbye. */
export interface SnapshotMessage {
  readonly type: typeof messageType.snapshot;
  readonly isFirst: boolean;
  readonly news: readonly FamilyNews[];
  readonly rowCounts: readonly number[];
  /** Base64 where the channel carries JSON, as it does by default. */
  readonly bytes: Uint8Array | string;
}

/** The question of the primary. */
export function requestMessage(isFirst: boolean): RequestMessage {
  return { type: messageType.request, isFirst, probe: new Uint8Array(1) };
}

/** The answer of a worker. */
export function snapshotMessage(snapshot: Snapshot, carriesBytes: boolean): SnapshotMessage {
  const { isFirst, news, rowCounts, bytes } = snapshot;
  return {
    ...{ type: messageType.snapshot, isFirst, news, rowCounts },
    bytes: carriesBytes ? bytes : toBase64(bytes),
  };
}

/** Whether a message is the primary's question. */
export function isRequest(message: unknown): message is RequestMessage {
  return typeOf(message) === messageType.request;
}

/** Whether a message is a worker's answer. What it holds is looked at when it is read. */
export function isSnapshot(message: unknown): message is SnapshotMessage {
  return typeOf(message) === messageType.snapshot;
}

/** The numbers of an answer. */
export function bytesOf({ bytes }: SnapshotMessage): Uint8Array {
  return typeof bytes === 'string' ? fromBase64(bytes) : bytes;
}

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null ? (message as { type?: unknown }).type : undefined;
}

/** Node's Buffer, which is there wherever there is a cluster. */
interface BufferHost {
  readonly Buffer: {
    from(text: string, encoding: 'base64'): Uint8Array;
    from(bytes: ArrayBufferLike, start: number, length: number): { toString(encoding: 'base64'): string };
  };
}

const { Buffer: NodeBuffer } = globalThis as unknown as BufferHost;

function toBase64({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return NodeBuffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return NodeBuffer.from(text, 'base64');
}
