import { afterAll, beforeAll, expect, test } from 'vitest';
import { helpersOf } from './generated.js';
import { changes } from './page.js';
import { describeWithPeers, peer } from './peers.js';
import { agentSpec } from './spec.js';
import { useTracing } from './tracing.js';

interface Result {
  readonly content: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

interface Client {
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  ping(): Promise<object>;
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  callTool(parameters: object, schema?: undefined, options?: object): Promise<Result>;
}

interface Server {
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  setRequestHandler(schema: unknown, handler: (request: { params: Parameters }) => unknown): void;
}

interface Parameters {
  readonly name: string;
  readonly arguments?: { readonly text: string };
  readonly _meta?: Readonly<Record<string, unknown>>;
}

describeWithPeers('a client of the Model Context Protocol', () => {
  const { agents, labels } = helpersOf(agentSpec);
  const spans = useTracing();
  const metas: (Readonly<Record<string, unknown>> | undefined)[] = [];
  let client: Client;
  let server: Server;
  let Client: new (info: object) => Client;

  beforeAll(async () => {
    const of = (path: string): unknown => peer(`@modelcontextprotocol/sdk/${path}`);
    ({ Client } = of('client/index.js') as { Client: new (info: object) => Client });
    const { Server } = of('server/index.js') as { Server: new (info: object, options: object) => Server };
    const { InMemoryTransport } = of('inMemory.js') as {
      InMemoryTransport: { createLinkedPair(): [unknown, unknown] };
    };
    const types = of('types.js') as { ListToolsRequestSchema: unknown; CallToolRequestSchema: unknown };
    const [near, far] = InMemoryTransport.createLinkedPair();
    server = new Server({ name: 's', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler(types.ListToolsRequestSchema, () =>
      agents.mcpServer('tools/list', () => ({ tools: [{ name: 'echo', inputSchema: { type: 'object' } }] })),
    );
    server.setRequestHandler(types.CallToolRequestSchema, ({ params }) => {
      metas.push(params._meta);
      if (params.name === 'silent') return new Promise(() => undefined);
      if (params.name === 'thrown') throw Object.assign(new Error('wrong'), { code: -32602 });
      return {
        content: [{ type: 'text', text: params.arguments?.text ?? '' }],
        isError: params.name === 'failing',
      };
    });
    client = agents.wrapMcpClient(new Client({ name: 'c', version: '1' }));
    await Promise.all([server.connect(far), client.connect(near)]);
    labels['agentTool']?.register(['echo', 'failing', 'silent', 'thrown']);
    labels['agentMcpMethod']?.register(['tools/list', 'tools/call', 'ping']);
  });
  afterAll(() => Promise.all([client.close(), server.close()]));

  test('stays what it is, and measures its requests', async () => {
    expect(client).toBeInstanceOf(Client);
    const recorded = await changes(async () => {
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo']);
      await client.ping();
      expect((await client.callTool({ name: 'echo', arguments: { text: 'hi' } })).content[0]?.text).toBe(
        'hi',
      );
    });
    expect(recorded).toMatchObject({
      'agent_tool_calls_total{tool="echo",outcome="ok"}': 1,
      'gen_ai_execute_tool_duration_seconds_count{tool="echo"}': 1,
      'mcp_client_operation_duration_seconds_count{mcp_method_name="ping"}': 1,
      'mcp_client_operation_duration_seconds_count{mcp_method_name="tools/call"}': 1,
      'mcp_client_operation_duration_seconds_count{mcp_method_name="tools/list"}': 1,
      'mcp_server_operation_duration_seconds_count{mcp_method_name="tools/list"}': 1,
    });
  });

  test('the span of the tool goes to the server, beside what the program sends', async () => {
    await client.callTool({ name: 'echo', arguments: { text: 'hi' }, _meta: { own: 1 } });
    const [span] = spans.named('agent.tool_call');
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(metas.at(-1)).toMatchObject({ own: 1, traceparent: `00-${traceId ?? ''}-${spanId ?? ''}-01` });
  });

  test('errors of tools and of the protocol have outcomes of their own', async () => {
    expect((await client.callTool({ name: 'failing', arguments: { text: 'no' } })).isError).toBe(true);
    await expect(client.callTool({ name: 'thrown' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.callTool({ name: 'silent' }, undefined, { timeout: 20 })).rejects.toMatchObject({
      code: -32001,
    });
    expect(spans.named('agent.tool_call').map(({ attributes }) => attributes['outcome'])).toEqual([
      'tool_error',
      'invalid_args',
      'timeout',
    ]);
  });

  test('a tool of a registry that calls the client has one span', async () => {
    const tools = agents.wrapTools({
      echo: (text: string) => client.callTool({ name: 'echo', arguments: { text } }),
    });
    await tools.echo('once');
    expect(spans.named('agent.tool_call')).toHaveLength(1);
  });

  test('a function that is handed in decides on what is sent, and may fail', async () => {
    const sent: unknown[] = [];
    const other = (
      injectMeta: (parameters: object) => object,
    ): { callTool(parameters: object): Promise<unknown> } =>
      agents.wrapMcpClient(
        { callTool: (parameters: object) => Promise.resolve(sent.push(parameters)) },
        { injectMeta },
      );
    await other((parameters) => ({ ...parameters, _meta: { mine: true } })).callTool({ name: 'echo' });
    await other(() => {
      throw new Error('no');
    }).callTool({ name: 'echo' });
    expect(sent).toEqual([{ name: 'echo', _meta: { mine: true } }, { name: 'echo' }]);
  });
});
