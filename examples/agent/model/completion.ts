import { ModelError } from './errors.js';
import type { Chunk, FinishReason, ToolCall, ToolCallDelta, WireUsage } from './wire.js';

/** Tokens of a call. `input` includes `cached`, `output` includes `reasoning`. */
export interface Usage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

/** A whole answer of a model. */
export interface Completion {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  readonly usage: Usage;
}

interface Draft {
  id: string;
  name: string;
  arguments: string;
}

/** Puts an answer together from the chunks of its stream. */
export class CompletionBuilder {
  readonly #drafts = new Map<number, Draft>();
  #text = '';
  #finishReason: FinishReason | undefined;
  #usage: WireUsage | undefined;

  /** Takes a chunk in and returns the text that it added. */
  add(chunk: Chunk): string {
    if (chunk.usage) this.#usage = chunk.usage;
    const choice = chunk.choices[0];
    if (choice === undefined) return '';
    for (const delta of choice.delta.tool_calls ?? []) this.#addToolCall(delta);
    if (choice.finish_reason !== null) this.#finishReason = choice.finish_reason;
    const added = choice.delta.content ?? '';
    this.#text += added;
    return added;
  }

  /** The answer; throws where the stream ended before the model had finished. */
  build(): Completion {
    if (this.#finishReason === undefined) {
      throw new ModelError('server_error', 'the stream ended before the answer did');
    }
    return {
      text: this.#text,
      toolCalls: [...this.#drafts.values()].map((draft) => ({
        id: draft.id,
        type: 'function',
        function: { name: draft.name, arguments: draft.arguments },
      })),
      finishReason: this.#finishReason,
      usage: {
        input: this.#usage?.prompt_tokens ?? 0,
        cached: this.#usage?.prompt_tokens_details?.cached_tokens ?? 0,
        output: this.#usage?.completion_tokens ?? 0,
        reasoning: this.#usage?.completion_tokens_details?.reasoning_tokens ?? 0,
      },
    };
  }

  #addToolCall(delta: ToolCallDelta): void {
    const draft = this.#drafts.get(delta.index) ?? { id: '', name: '', arguments: '' };
    draft.id += delta.id ?? '';
    draft.name += delta.function?.name ?? '';
    draft.arguments += delta.function?.arguments ?? '';
    this.#drafts.set(delta.index, draft);
  }
}
