// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { usageOfAnthropic } from '../cost/usage.js';
import { capturesContent } from '../traces/span-attribute.js';
import type { AnswerReader, StreamReader } from './answers.js';
import { StreamedText } from './answers.js';
import type { ModelAnswer } from './model-call.js';
import { field, fieldsOf, text } from './wire.js';
import type { Fields } from './wire.js';

/** Answers of the messages API. */
export const messages: AnswerReader = {
  whole(body) {
    const usage = usageOfAnthropic(field(body, 'usage'));
    return {
      ...(usage === undefined ? {} : { usage }),
      ...named(body),
      ...stopped(text(body, 'stop_reason')),
      content: capturesContent() ? fieldsOf(body)?.['content'] : undefined,
    };
  },
  stream: () => new MessageStream(),
};

class MessageStream implements StreamReader {
  isComplete: boolean | undefined;
  private readonly streamed = new StreamedText(capturesContent());
  /** The usage of the start, over which later reports go: they repeat what they know. */
  private usage: Fields = {};

  add(part: unknown): ModelAnswer | undefined {
    switch (text(part, 'type')) {
      case 'message_start': {
        this.isComplete = false;
        const message = field(part, 'message');
        return { ...named(message), ...this.report(field(message, 'usage')) };
      }
      case 'content_block_delta':
        this.streamed.add(text(field(part, 'delta'), 'text'));
        return undefined;
      case 'message_delta':
        return {
          ...this.report(field(part, 'usage')),
          ...stopped(text(field(part, 'delta'), 'stop_reason')),
        };
      case 'message_stop':
        this.isComplete = true;
        return { content: this.streamed.content };
      default:
        return undefined;
    }
  }

  private report(usage: Fields | undefined): ModelAnswer {
    const known = Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined);
    this.usage = { ...this.usage, ...Object.fromEntries(known) };
    const normal = usageOfAnthropic(this.usage);
    return normal === undefined ? {} : { usage: normal };
  }
}

function named(body: unknown): ModelAnswer {
  const model = text(body, 'model');
  return model === undefined ? {} : { model };
}

function stopped(finishReason: string | undefined): ModelAnswer {
  if (finishReason === undefined) return {};
  if (finishReason === 'refusal') return { finishReason, failure: 'content_filter' };
  if (finishReason === 'model_context_window_exceeded') return { finishReason, failure: 'context_length' };
  return { finishReason };
}
