import { spans, traceCall, traceFunction } from './generated/instrument.js';

type Handler = (request: { readonly url: string }, retries?: number) => Promise<string>;

export const handle: Handler = traceFunction(spans.expressionCall, 'handle', async (request, retries = 0) => `${request.url} ${retries}`);

export const table: Record<string, Handler> = {
  a: async ({ url }) => await traceCall(spans.expressionCall, async () => url),
  b: (request) => traceCall(spans.expressionCall, () => handle(request, 2)),
};

export const list: readonly Handler[] = [async (request) => await traceCall(spans.expressionCall, async () => request.url), handle];
