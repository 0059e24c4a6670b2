import { ModelError } from './errors.js';
import type { Chunk, FinishReason, ToolCall, ToolCallDelta } from './wire.js';

/** A whole answer of a model. */
export interface Completion {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
}

interface Draft {
  id: string;
  name: string;
  arguments: string;
}

/** Reads a stream to its end and hands its text on as it comes. Throws a ModelError where there is no whole answer. */
export async function readCompletion(
  chunks: AsyncIterable<Chunk>,
  onText: (text: string) => void,
): Promise<Completion> {
  const builder = new CompletionBuilder();
  for await (const chunk of chunks) {
    const text = builder.add(chunk);
    if (text !== '') onText(text);
  }
  const completion = builder.build();
  if (completion.finishReason === 'content_filter') {
    throw new ModelError('content_filter', 'the provider filtered the answer');
  }
  return completion;
}

/** Puts an answer together from the chunks of its stream. */
export class CompletionBuilder {
  readonly #drafts = new Map<number, Draft>();
  #text = '';
  #finishReason: FinishReason | undefined;

  /** Takes a chunk in and returns the text that it added. */
  add(chunk: Chunk): string {
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
