import type { ChatRequest, WireUsage } from '../model/wire.js';
import type { Reply } from './scenario.js';

/** Characters of a token, roughly. */
const charactersPerToken = 4;

/** The tokens that the scripted model counts: the whole conversation goes in each time, and what went in before comes from the cache. */
export function countTokens(request: ChatRequest, reply: Reply, factor: number): WireUsage {
  const size = (value: unknown): number =>
    Math.ceil(JSON.stringify(value).length / charactersPerToken) * factor;
  const lastAnswer = request.messages.findLastIndex((message) => message.role === 'assistant');
  const reasoning = reply.kind === 'text' ? (reply.reasoningTokens ?? 0) * factor : 0;
  return {
    prompt_tokens: size(request.messages) + size(request.tools ?? []),
    completion_tokens:
      size(reply.kind === 'tools' ? reply.calls : reply.kind === 'text' ? reply.text : '') + reasoning,
    prompt_tokens_details: {
      cached_tokens: lastAnswer < 0 ? 0 : size(request.messages.slice(0, lastAnswer)),
    },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
