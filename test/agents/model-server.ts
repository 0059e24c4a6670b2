import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A model server on loopback that speaks the wire protocols of OpenAI and Anthropic. */
export interface ModelServer {
  /** Without a path. */
  readonly origin: string;
  /** Bodies of the requests so far. */
  readonly requests: readonly {
    readonly path: string;
    readonly body: Body;
    readonly traceparent: string | undefined;
  }[];
  stop(): Promise<void>;
}

/** The model's name says what the server does: see `behave`. */
interface Body {
  readonly model: string;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

const openAiUsage = {
  prompt_tokens: 100,
  completion_tokens: 30,
  total_tokens: 130,
  prompt_tokens_details: { cached_tokens: 40 },
  completion_tokens_details: { reasoning_tokens: 10 },
};

const responseUsage = {
  input_tokens: 100,
  output_tokens: 30,
  total_tokens: 130,
  input_tokens_details: { cached_tokens: 40 },
  output_tokens_details: { reasoning_tokens: 10 },
};

const anthropicUsage = {
  input_tokens: 50,
  cache_read_input_tokens: 40,
  cache_creation_input_tokens: 10,
  output_tokens: 30,
};

/** Starts the server. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: { path: string; body: Body; traceparent: string | undefined }[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
    const path = request.url ?? '';
    requests.push({ path, body, traceparent: request.headers['traceparent'] as string | undefined });
    const retry = Number(request.headers['x-stainless-retry-count'] ?? 0);
    const isAnthropic = path.startsWith('/v1/messages');
    const refused = refusal(body.model, retry, isAnthropic);
    if (body.model === 'silent') return;
    if (refused !== undefined) {
      json(response, refused.status, refused.body);
      return;
    }
    if (body.stream === true)
      stream(
        response,
        body,
        isAnthropic ? anthropicEvents : path.endsWith('/responses') ? responseEvents : chatEvents,
      );
    else json(response, 200, whole(path, body));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function refusal(
  model: string,
  retry: number,
  isAnthropic: boolean,
): { status: number; body: object } | undefined {
  const error = (
    status: number,
    type: string,
    code: string | null,
    message: string,
  ): { status: number; body: object } => ({
    status,
    body: isAnthropic ? { type: 'error', error: { type, message } } : { error: { type, code, message } },
  });
  switch (model) {
    case 'rate-limited':
      return error(429, isAnthropic ? 'rate_limit_error' : 'requests', 'rate_limit_exceeded', 'slow down');
    case 'flaky':
      return retry === 0 ? error(500, 'api_error', null, 'try again') : undefined;
    case 'broken':
      return error(500, 'api_error', null, 'broken');
    case 'overloaded':
      return error(529, 'overloaded_error', null, 'Overloaded');
    case 'too-long':
      return isAnthropic
        ? error(400, 'invalid_request_error', null, 'prompt is too long: 250000 tokens > 200000 maximum')
        : error(400, 'invalid_request_error', 'context_length_exceeded', 'too long');
    case 'filtered-request':
      return error(400, 'invalid_request_error', 'content_filter', 'filtered');
    case 'wrong-key':
      return error(401, 'authentication_error', 'invalid_api_key', 'no');
    default:
      return undefined;
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'retry-after-ms': '1',
    'x-ratelimit-limit-requests': '200',
    'x-ratelimit-remaining-requests': '50',
  });
  response.end(JSON.stringify(body));
}

function whole(path: string, body: Body): object {
  const finish = body.model === 'filtered' ? 'content_filter' : 'stop';
  if (path.startsWith('/v1/messages')) {
    return {
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model: `${body.model}-20260901` },
      ...{ content: [{ type: 'text', text: 'answer text' }], stop_sequence: null, usage: anthropicUsage },
      stop_reason: body.model === 'filtered' ? 'refusal' : 'end_turn',
    };
  }
  if (path.endsWith('/responses')) {
    return {
      ...{ id: 'resp_1', object: 'response', model: `${body.model}-2026-09-01`, status: 'completed' },
      ...{ usage: responseUsage, error: null, incomplete_details: null },
      output: [
        {
          type: 'message',
          id: 'm',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'answer text', annotations: [] }],
        },
      ],
    };
  }
  if (path.endsWith('/embeddings')) {
    return {
      ...{ object: 'list', model: body.model, usage: { prompt_tokens: 7, total_tokens: 7 } },
      data: [{ object: 'embedding', index: 0, embedding: [0.5, 0.25] }],
    };
  }
  return {
    ...{
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: `${body.model}-2026-09-01`,
      usage: openAiUsage,
    },
    choices: [
      {
        index: 0,
        finish_reason: finish,
        logprobs: null,
        message: { role: 'assistant', content: 'answer text', refusal: null },
      },
    ],
  };
}

type Events = (
  body: Body,
) => readonly { readonly event?: string; readonly data: unknown; readonly isLate?: boolean }[];

const chatEvents: Events = (body) => {
  const chunk = (delta: object, finish_reason: string | null, more: object = {}): { data: object } => ({
    data: {
      ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: body.model },
      choices: [{ index: 0, delta, finish_reason, logprobs: null }],
      ...more,
    },
  });
  const parts = ['answer ', 'text ', 'in ', 'parts'].map((content) =>
    chunk({ role: 'assistant', content }, null),
  );
  const usage = {
    data: {
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: body.model,
      choices: [],
      usage: openAiUsage,
    },
  };
  return [
    ...parts,
    ...(body.model === 'no-finish' ? [] : [{ ...chunk({}, 'stop'), isLate: true }]),
    ...(body.stream_options?.include_usage === true ? [usage] : []),
    { data: '[DONE]', isLate: true },
  ];
};

const responseEvents: Events = (body) => [
  {
    event: 'response.created',
    data: {
      type: 'response.created',
      sequence_number: 0,
      response: { ...whole('/responses', body), status: 'in_progress', output: [] },
    },
  },
  {
    event: 'response.output_item.added',
    data: {
      type: 'response.output_item.added',
      sequence_number: 1,
      output_index: 0,
      item: { type: 'message', id: 'm', role: 'assistant', status: 'in_progress', content: [] },
    },
  },
  {
    event: 'response.content_part.added',
    data: {
      type: 'response.content_part.added',
      sequence_number: 2,
      output_index: 0,
      content_index: 0,
      item_id: 'm',
      part: { type: 'output_text', text: '', annotations: [] },
    },
  },
  {
    event: 'response.output_text.delta',
    data: {
      type: 'response.output_text.delta',
      sequence_number: 3,
      output_index: 0,
      content_index: 0,
      item_id: 'm',
      delta: 'answer text',
      logprobs: [],
    },
  },
  {
    event: 'response.completed',
    isLate: true,
    data: { type: 'response.completed', sequence_number: 4, response: whole('/responses', body) },
  },
];

const anthropicEvents: Events = (body) => {
  const of = (data: { type: string } & Record<string, unknown>): { event: string; data: object } => ({
    event: data.type,
    data,
  });
  return [
    of({
      type: 'message_start',
      message: {
        ...whole('/v1/messages', body),
        content: [],
        stop_reason: null,
        usage: { ...anthropicUsage, output_tokens: 1 },
      },
    }),
    of({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    of({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'answer ' } }),
    of({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'text' } }),
    { ...of({ type: 'content_block_stop', index: 0 }), isLate: true },
    {
      ...of({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 30 },
      }),
      isLate: true,
    },
    { ...of({ type: 'message_stop' }), isLate: true },
  ];
};

/** Sends the events; the models `cut`, `hang`, `malformed` and `error-event` do so only in part. */
function stream(response: ServerResponse, body: Body, events: Events): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const isPart = ['cut', 'hang', 'malformed', 'error-event'].includes(body.model);
  for (const { event, data, isLate } of events(body)) {
    if (isPart && isLate === true) break;
    const name = event === undefined ? '' : `event: ${event}\n`;
    response.write(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }
  if (body.model === 'hang') return;
  if (body.model === 'malformed') response.write('event: message_delta\ndata: {"type": "mess\n\n');
  if (body.model === 'error-event') {
    const error = { type: 'overloaded_error', message: 'Overloaded', code: null };
    response.write(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`);
  }
  // What was written has to arrive before the connection breaks.
  if (body.model === 'cut') setTimeout(() => response.destroy(), 50);
  else response.end();
}
