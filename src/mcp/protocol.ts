/** JSON-RPC 2.0 as the Model Context Protocol uses it: https://modelcontextprotocol.io/specification/2025-11-25/basic */

/** Versions of the protocol that are spoken, the newest first: what they differ in is nothing that this server does differently. */
export const protocolVersions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

export type RequestId = string | number;

export interface RpcRequest {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface RpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What cannot be answered as a request; `id` where it could be read. */
export interface RpcFault {
  readonly kind: 'fault';
  readonly id: RequestId | null;
  readonly code: number;
  readonly message: string;
}

/** Answers of the client: the server asks nothing, so that they are passed over. */
export interface RpcAnswer {
  readonly kind: 'answer';
}

export type RpcMessage = RpcRequest | RpcNotification | RpcFault | RpcAnswer;

export const errorCodes = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  resourceNotFound: -32002,
} as const;

/** A request that is answered with an error of the protocol, and not with a result. */
export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads one line. Until version 2025-06-18 it may hold several messages in a list. */
export function readMessages(line: string): readonly RpcMessage[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [{ kind: 'fault', id: null, code: errorCodes.parse, message: 'the line is no JSON' }];
  }
  if (Array.isArray(value) && value.length > 0) return value.map(readMessage);
  return [readMessage(value)];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readMessage(value: unknown): RpcMessage {
  if (!isRecord(value) || value['jsonrpc'] !== '2.0')
    return invalid(null, 'the message is none of JSON-RPC 2.0');
  const { id, method, params = {} } = value;
  const isId = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  if (method === undefined && ('result' in value || 'error' in value)) return { kind: 'answer' };
  if (typeof method !== 'string') return invalid(isId ? id : null, 'the message has no method');
  if (!isRecord(params)) return invalid(isId ? id : null, 'params is no object');
  if (id === undefined) return { kind: 'notification', method, params };
  if (!isId) return invalid(null, 'id is neither a text nor a number');
  return { kind: 'request', id, method, params };
}

function invalid(id: RequestId | null, message: string): RpcFault {
  return { kind: 'fault', id, code: errorCodes.invalidRequest, message };
}

/** An answer as a line without its end. */
export function resultLine(id: RequestId, result: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

export function errorLine(id: RequestId | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}
