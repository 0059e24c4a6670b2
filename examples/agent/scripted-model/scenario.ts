import type { Message } from '../model/wire.js';

/** What the scripted model does in one turn. */
export type Reply =
  | {
      readonly kind: 'tools';
      readonly calls: readonly { readonly name: string; readonly arguments: string }[];
    }
  | { readonly kind: 'text'; readonly text: string; readonly reasoningTokens?: number }
  /** An answer that is no 2xx. */
  | {
      readonly kind: 'refusal';
      readonly status: number;
      readonly code: string;
      readonly retryAfterSeconds?: number;
    }
  /** The stream begins and then breaks off. */
  | { readonly kind: 'cut'; readonly text: string }
  /** Nothing comes, until the client gives up. */
  | { readonly kind: 'silence' };

/** What the reply may depend on: the same turn always gets the same one. */
export interface Turn {
  /** Answers that the model has given in this conversation. */
  readonly number: number;
  /** What the tools returned since the model's last answer. */
  readonly results: readonly string[];
  /** How often this call was tried before. */
  readonly retry: number;
  /** Whether the model is the one that is asked when another one fails. */
  readonly isFallback: boolean;
}

/** How a conversation goes; the user's first words choose it. */
export interface Scenario {
  readonly matches: RegExp;
  readonly reply: (turn: Turn, task: string) => Reply;
  /** Multiplies the tokens that are counted, for conversations that are dear. */
  readonly tokenFactor?: number;
}

/** Where a conversation stands. */
export function turnOf(messages: readonly Message[], retry: number, isFallback: boolean): Turn {
  const lastAnswer = messages.findLastIndex((message) => message.role === 'assistant');
  return {
    number: messages.filter((message) => message.role === 'assistant').length,
    results: messages
      .slice(lastAnswer + 1)
      .flatMap((message) => (message.role === 'tool' ? [message.content] : [])),
    retry,
    isFallback,
  };
}

/** The user's task. */
export function taskOf(messages: readonly Message[]): string {
  const message = messages.find((each) => each.role === 'user');
  return message?.content ?? '';
}
