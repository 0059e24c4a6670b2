type Handler = (request: { readonly url: string }, retries?: number) => Promise<string>;

export const handle: Handler = async (request, retries = 0) => `${request.url} ${retries}`;

export const table: Record<string, Handler> = {
  a: async ({ url }) => url,
  b: (request) => handle(request, 2),
};

export const list: readonly Handler[] = [async (request) => request.url, handle];
