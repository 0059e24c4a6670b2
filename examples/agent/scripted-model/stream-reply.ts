import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, WireUsage } from '../model/wire.js';
import type { Reply } from './scenario.js';

/** Time to the first chunk, and between chunks, in milliseconds. */
const firstChunkMs = 30;
const chunkMs = 3;
const wordsPerChunk = 4;

type Streamed = Extract<Reply, { kind: 'tools' | 'text' | 'cut' }>;

/** Streams a reply in the form of the chat completions API. */
export async function streamReply(
  response: ServerResponse,
  reply: Streamed,
  usage: WireUsage,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await sleep(firstChunkMs);
  for (const delta of deltasOf(reply)) {
    send(response, { choices: [{ delta, finish_reason: null }] });
    await sleep(chunkMs);
  }
  if (reply.kind === 'cut') {
    response.destroy();
    return;
  }
  send(response, { choices: [{ delta: {}, finish_reason: reply.kind === 'tools' ? 'tool_calls' : 'stop' }] });
  send(response, { choices: [], usage });
  response.end('data: [DONE]\n\n');
}

function send(response: ServerResponse, chunk: Chunk): void {
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

type Delta = Chunk['choices'][number]['delta'];

/** Text comes a few words at a time; the arguments of a tool call come in two halves, as they do from providers. */
function deltasOf(reply: Streamed): readonly Delta[] {
  if (reply.kind === 'tools') {
    return reply.calls.flatMap(({ name, arguments: json }, index): Delta[] => {
      const half = Math.floor(json.length / 2);
      return [
        { tool_calls: [{ index, id: `call_${index}`, function: { name, arguments: json.slice(0, half) } }] },
        { tool_calls: [{ index, function: { arguments: json.slice(half) } }] },
      ];
    });
  }
  const words = reply.text.split(/(?<= )/);
  const chunks: Delta[] = [];
  for (let at = 0; at < words.length; at += wordsPerChunk) {
    chunks.push({ content: words.slice(at, at + wordsPerChunk).join('') });
  }
  return chunks;
}
