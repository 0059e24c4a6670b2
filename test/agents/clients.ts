/** The part of the real clients that the tests use. */
export interface Call<T> extends Promise<T> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<{ readonly data: T; readonly response: Response }>;
}

export interface ClientStream extends AsyncIterable<unknown> {
  readonly controller: AbortController;
  tee(): [ClientStream, ClientStream];
  toReadableStream(): ReadableStream;
}

interface Completion {
  readonly choices: readonly { readonly message?: { readonly content: string } }[];
}

interface OpenAiResponse {
  readonly output_text: string;
}

interface Options {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

interface Request {
  readonly model: string;
  readonly messages: readonly object[];
  readonly stream_options?: object;
}

export interface OpenAIClient {
  readonly chat: {
    readonly completions: {
      create(request: Request & { readonly stream: true }, options?: Options): Call<ClientStream>;
      create(request: Request, options?: Options): Call<Completion>;
      parse(request: Request): Promise<Completion>;
      stream(request: Request): { finalChatCompletion(): Promise<Completion> };
    };
  };
  readonly responses: {
    create(request: object): Promise<OpenAiResponse>;
    parse(request: object): Promise<OpenAiResponse>;
    stream(request: object): { finalResponse(): Promise<OpenAiResponse> };
  };
  readonly embeddings: {
    create(request: object): Promise<{ readonly data: readonly { readonly embedding: readonly number[] }[] }>;
  };
  withOptions(options: object): OpenAIClient;
}

export type OpenAIModule = new (options: object) => OpenAIClient;

interface Message {
  readonly content: readonly { readonly text: string }[];
}

export interface AnthropicClient {
  readonly messages: {
    create(request: Request & { readonly stream: true }, options?: Options): Call<ClientStream>;
    create(request: Request, options?: Options): Call<Message>;
    stream(
      request: Request,
      options?: Options,
    ): AsyncIterable<unknown> & { finalMessage(): Promise<Message>; abort(): void };
  };
  readonly beta: AnthropicClient;
  withOptions(options: object): AnthropicClient;
}

export type AnthropicModule = new (options: object) => AnthropicClient;
