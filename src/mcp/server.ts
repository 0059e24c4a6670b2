import {
  errorCodes,
  errorLine,
  protocolVersions,
  readMessages,
  resultLine,
  RpcError,
  type RequestId,
  type RpcNotification,
  type RpcRequest,
} from './protocol.js';
import { prompts } from './prompts.js';
import { resources } from './resources.js';
import { argumentFaults } from './schema-check.js';
import { ToolFailure, type Tool } from './tool.js';
import { tools } from './tools/index.js';
import type { Workspace } from './workspace.js';

/** Characters of one answer: a model reads no more, and clients cut it off somewhere else. */
const longestText = 100_000;

const instructions =
  'This service declares its telemetry in a spec, and code records it by generated, typed helpers. Before you record a metric, open a span or write a log line, look up what is declared (find_metrics, find_spans, find_logs) and use its helper. What is missing is added to the spec, checked with validate, and compiled with build. Never create metrics, spans or loggers by hand, and never let open text become a label value.';

export interface ServerOptions {
  readonly workspace: Workspace;
  readonly version: string;
  /** Takes a line without its end. */
  readonly send: (line: string) => void;
  /** Told of what is a fault of this program; for a log. */
  readonly onFault: (error: unknown) => void;
}

/**
 * A server of the Model Context Protocol. Requests are answered one after the other in the order in which they came; a ping is answered at
 * once, and a request that is taken back before its turn is not answered at all.
 */
export class McpServer {
  readonly #options: ServerOptions;
  #isReady = false;
  #work: Promise<void> = Promise.resolve();
  readonly #open = new Map<RequestId, { cancelled: boolean }>();

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** Takes a line of the client. */
  receive(line: string): void {
    const { send } = this.#options;
    for (const message of readMessages(line)) {
      if (message.kind === 'fault') send(errorLine(message.id, message.code, message.message));
      else if (message.kind === 'notification') this.#notified(message);
      else if (message.kind === 'request') this.#requested(message);
    }
  }

  /** Waits until everything that came has been answered. */
  async settled(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#work) {
      seen = this.#work;
      await seen;
    }
  }

  #notified({ method, params }: RpcNotification): void {
    if (method !== 'notifications/cancelled') return;
    const id = params['requestId'];
    const open = typeof id === 'string' || typeof id === 'number' ? this.#open.get(id) : undefined;
    if (open !== undefined) open.cancelled = true;
  }

  #requested(request: RpcRequest): void {
    const { send } = this.#options;
    if (request.method === 'ping') {
      send(resultLine(request.id, {}));
      return;
    }
    const state = { cancelled: false };
    this.#open.set(request.id, state);
    this.#work = this.#work.then(async () => {
      // Messages that wait to be read come first: one of them may take this request back.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const line = state.cancelled ? '' : await this.#answered(request);
      if (!state.cancelled) send(line);
      this.#open.delete(request.id);
    });
  }

  async #answered(request: RpcRequest): Promise<string> {
    try {
      return resultLine(request.id, await this.#answer(request));
    } catch (error) {
      if (error instanceof RpcError) return errorLine(request.id, error.code, error.message);
      this.#options.onFault(error);
      const message = error instanceof Error ? error.message : String(error);
      return errorLine(request.id, errorCodes.internal, `a fault of obs-gen itself: ${message}`);
    }
  }

  async #answer({ method, params }: RpcRequest): Promise<object> {
    if (method === 'initialize') return this.#initialize(params);
    if (!this.#isReady)
      throw new RpcError(errorCodes.invalidRequest, 'the first request has to be initialize');
    switch (method) {
      case 'tools/list':
        return { tools: tools.map(listedTool) };
      case 'tools/call':
        return this.#call(params);
      case 'resources/list':
        return {
          resources: resources.map(({ uri, name, title, description, mimeType }) => ({
            uri,
            name,
            title,
            description,
            mimeType,
          })),
        };
      case 'resources/templates/list':
        return { resourceTemplates: [] };
      case 'resources/read':
        return this.#read(params);
      case 'prompts/list':
        return {
          prompts: prompts.map(({ name, title, description, arguments: given }) => ({
            name,
            title,
            description,
            arguments: given,
          })),
        };
      case 'prompts/get':
        return prompt(params);
      default:
        throw new RpcError(errorCodes.methodNotFound, `there is no method ${method}`);
    }
  }

  #initialize({ protocolVersion }: Readonly<Record<string, unknown>>): object {
    if (typeof protocolVersion !== 'string')
      throw new RpcError(errorCodes.invalidParams, 'initialize needs a protocolVersion');
    this.#isReady = true;
    const spoken = protocolVersions.find((each) => each === protocolVersion) ?? protocolVersions[0];
    return {
      protocolVersion: spoken,
      capabilities: { tools: {}, resources: {}, prompts: {} },
      serverInfo: { name: 'obs-gen', title: 'obs-gen', version: this.#options.version },
      instructions,
    };
  }

  async #call({ name, arguments: given = {} }: Readonly<Record<string, unknown>>): Promise<object> {
    const tool = tools.find((each) => each.name === name);
    if (tool === undefined)
      throw new RpcError(
        errorCodes.invalidParams,
        `there is no tool ${typeof name === 'string' ? name : 'without a name'}`,
      );
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw new RpcError(errorCodes.invalidParams, 'arguments is no object');
    const faults = argumentFaults(tool.inputSchema, given as Readonly<Record<string, unknown>>);
    if (faults.length > 0) return failed(new ToolFailure(faults.join('; ')));
    try {
      const { data, text } = await tool.call(
        given as Readonly<Record<string, unknown>>,
        this.#options.workspace,
      );
      // Clients of older versions read the text alone, so that it has to hold the same.
      const texts = [...(text === undefined ? [] : [text]), JSON.stringify(data)];
      return {
        content: texts.map((each) => ({ type: 'text', text: shortened(each) })),
        structuredContent: data,
        isError: false,
      };
    } catch (error) {
      if (error instanceof ToolFailure) return failed(error);
      throw error;
    }
  }

  #read({ uri }: Readonly<Record<string, unknown>>): object {
    const resource = resources.find((each) => each.uri === uri);
    if (resource === undefined)
      throw new RpcError(
        errorCodes.resourceNotFound,
        `there is no resource ${typeof uri === 'string' ? uri : 'without an address'}`,
      );
    try {
      const { mimeType } = resource;
      return { contents: [{ uri: resource.uri, mimeType, text: resource.read(this.#options.workspace) }] };
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error;
      if (error instanceof ToolFailure || isMissing)
        throw new RpcError(errorCodes.resourceNotFound, messageOf(error));
      throw error;
    }
  }
}

function messageOf(error: Error): string {
  return error instanceof ToolFailure ? [error.message, ...error.help].join('\n') : error.message;
}

function listedTool({ name, title, description, inputSchema, outputSchema, readOnly }: Tool): object {
  return {
    ...{ name, title, description, inputSchema, outputSchema },
    annotations: {
      title,
      readOnlyHint: readOnly,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}

function failed(failure: ToolFailure): object {
  const texts = [
    ['error: ' + failure.message, ...failure.help.map((line) => `help: ${line}`)].join('\n'),
    ...(Object.keys(failure.data).length === 0 ? [] : [JSON.stringify(failure.data)]),
  ];
  return { content: texts.map((text) => ({ type: 'text', text: shortened(text) })), isError: true };
}

function shortened(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)}\n[${text.length - longestText} more characters, not shown: ask for less]`;
}

function prompt({ name, arguments: given = {} }: Readonly<Record<string, unknown>>): object {
  const found = prompts.find((each) => each.name === name);
  if (found === undefined)
    throw new RpcError(
      errorCodes.invalidParams,
      `there is no prompt ${typeof name === 'string' ? name : 'without a name'}`,
    );
  const passed = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const texts = Object.fromEntries(
    passed.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const missing = found.arguments.find((each) => each.required && (texts[each.name] ?? '') === '');
  if (missing !== undefined)
    throw new RpcError(errorCodes.invalidParams, `the prompt needs the argument ${missing.name}`);
  const text = found.text(texts);
  return { description: found.description, messages: [{ role: 'user', content: { type: 'text', text } }] };
}
