// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { usageOfOpenAI } from '../cost/usage.js';
import { capturesContent } from '../traces/span-attribute.js';
import type { AnswerReader, StreamReader } from './answers.js';
import { StreamedText } from './answers.js';
import { modelFailure } from './failure.js';
import type { ModelAnswer } from './model-call.js';
import { field, fieldsOf, list, text } from './wire.js';

/** Answers of the chat completions API, of its older text completions, and of embeddings. */
export const completions: AnswerReader = {
  whole: (body) => ({
    ...common(body),
    ...finished(list(body, 'choices').map((choice) => text(choice, 'finish_reason'))),
    content: capturesContent()
      ? list(body, 'choices').map((choice) => fieldsOf(choice)?.['message'])
      : undefined,
  }),
  stream: () => new CompletionStream(),
};

class CompletionStream implements StreamReader {
  private readonly streamed = new StreamedText(capturesContent());
  private isKnown = false;
  private isFinished = false;

  get isComplete(): boolean | undefined {
    return this.isKnown ? this.isFinished : undefined;
  }

  add(part: unknown): ModelAnswer | undefined {
    if (fieldsOf(part)?.['choices'] === undefined) return undefined;
    this.isKnown = true;
    const choices = list(part, 'choices');
    for (const choice of choices) this.streamed.add(text(field(choice, 'delta'), 'content'));
    const reasons = choices.map((choice) => text(choice, 'finish_reason'));
    const ends = reasons.some((reason) => reason !== undefined);
    if (ends) this.isFinished = true;
    const usage = fieldsOf(part)?.['usage'];
    if (!ends && !fieldsOf(usage)) return undefined;
    return { ...common(part), ...finished(reasons), content: this.streamed.content };
  }
}

/** Answers of the responses API. */
export const responses: AnswerReader = {
  whole: responseAnswer,
  stream: () => new ResponseStream(),
};

class ResponseStream implements StreamReader {
  isComplete: boolean | undefined;

  add(part: unknown): ModelAnswer | undefined {
    const type = text(part, 'type');
    if (type === undefined) return undefined;
    this.isComplete ??= false;
    if (type === 'error') {
      this.isComplete = true;
      return { failure: modelFailure(part) ?? 'server_error' };
    }
    if (!/^response\.(completed|failed|incomplete|cancelled)$/.test(type)) return undefined;
    this.isComplete = true;
    return responseAnswer(fieldsOf(part)?.['response']);
  }
}

function responseAnswer(body: unknown): ModelAnswer {
  const status = text(body, 'status');
  const incomplete = text(field(body, 'incomplete_details'), 'reason');
  const error = field(body, 'error');
  return {
    ...common(body),
    ...(status === undefined ? {} : { finishReason: incomplete ?? status }),
    ...(incomplete === 'content_filter' ? { failure: 'content_filter' } : {}),
    ...(status === 'failed' ? { failure: modelFailure(error) ?? 'server_error' } : {}),
    ...(status === 'cancelled' ? { failure: 'cancelled' } : {}),
    content: capturesContent() ? fieldsOf(body)?.['output'] : undefined,
  };
}

function common(body: unknown): ModelAnswer {
  const reported = fieldsOf(body)?.['usage'];
  const usage = usageOfOpenAI(reported);
  // Routers in front of several providers say what a call costs.
  const cost = fieldsOf(reported)?.['cost'];
  const model = text(body, 'model');
  return {
    ...(usage === undefined ? {} : { usage }),
    ...(typeof cost === 'number' ? { reported: cost } : {}),
    ...(model === undefined ? {} : { model }),
  };
}

function finished(reasons: readonly (string | undefined)[]): ModelAnswer {
  const finishReason = reasons.find((reason) => reason !== undefined);
  if (finishReason === undefined) return {};
  return finishReason === 'content_filter' ? { finishReason, failure: 'content_filter' } : { finishReason };
}
