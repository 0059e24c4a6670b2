type Handler<I> = (input: I, extra: { readonly requestId: number }) => Promise<{ content: string[] }>;

class McpServer {
  readonly handlers = new Map<string, Handler<never>>();
  tool<I>(name: string, description: string, shape: I, handler: Handler<I>): void {
    this.handlers.set(`${name} ${description}`, handler);
    void shape;
  }
  registerTool<I>(name: string, config: { title: string; inputSchema: I }, handler: Handler<I>): void {
    this.handlers.set(`${name} ${config.title}`, handler);
  }
}

export const server = new McpServer();

server.tool('search', 'Searches.', { query: '' }, async ({ query }, { requestId }) => ({
  content: [query, String(requestId)],
}));

server.registerTool('echo', { title: 'Echo', inputSchema: { query: '', loud: false } }, async (input) => {
  const text = input.loud ? input.query.toUpperCase() : input.query;
  return { content: [text] };
});
