/** The part of the OpenAI chat completions API that the agent speaks: what is sent, and what streams back. */

export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  /** `arguments` is JSON as the model wrote it: it may be broken. */
  readonly function: { readonly name: string; readonly arguments: string };
}

export type Message =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string | null; readonly tool_calls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

/** JSON Schema of a tool's arguments, as far as this service uses it. */
export interface ParameterSchema {
  readonly type: 'object';
  readonly properties: Readonly<
    Record<string, { readonly type: 'string' | 'integer'; readonly description: string }>
  >;
  readonly required: readonly string[];
}

export interface ToolDefinition {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: ParameterSchema;
  };
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly ToolDefinition[];
  readonly stream: true;
  readonly stream_options: { readonly include_usage: true };
}

/** Tokens of a call, as the provider counted them; cached and reasoning tokens are parts of the totals. */
export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
}

export type FinishReason = 'stop' | 'tool_calls' | 'length' | 'content_filter';

export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** One `data:` line of the stream. The last one has the usage and no choice. */
export interface Chunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string | null; readonly tool_calls?: readonly ToolCallDelta[] };
    readonly finish_reason: FinishReason | null;
  }[];
  readonly usage?: WireUsage | null;
}

/** The body of an answer that is no 2xx. */
export interface WireError {
  readonly error?: { readonly message?: string; readonly code?: string | null; readonly type?: string };
}
