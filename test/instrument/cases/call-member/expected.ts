import { spans, traceMember } from './generated/instrument.js';

export const log: string[] = [];

class Completions {
  readonly #prefix = 'answer to';
  create(request: { model: string; stream: true }): Promise<AsyncIterable<string>>;
  create(request: { model: string; stream?: false }): Promise<{ text: string; usage: { tokens: number } }>;
  async create(request: { model: string; stream?: boolean }): Promise<unknown> {
    if (request.model === '') throw new Error('no model');
    return { text: `${this.#prefix} ${request.model}`, usage: { tokens: 4 } };
  }
}

class Client {
  get chat(): { completions: Completions } {
    log.push('chat');
    return { completions: new Completions() };
  }
}

const client = new Client();

export async function ask(model: string): Promise<string> {
  const answer = await traceMember(spans.llmChat, { model: 'args.0.model', tokens: 'result.usage.tokens' }, client.chat.completions, 'create')({ model });
  return answer.text;
}

export async function askAll(models: readonly Promise<string>[]): Promise<string[]> {
  const answers: string[] = [];
  for (const model of models) {
    answers.push((await traceMember(spans.llmChat, { model: 'args.0.model', tokens: 'result.usage.tokens' }, client.chat.completions, 'create')({ model: await model, stream: false })).text);
  }
  return answers;
}

export const optional = async (other?: Client): Promise<unknown> =>
  other?.chat.completions.create({ model: 'optional' });

export function* plan(): Generator<string, unknown, string> {
  return traceMember(spans.llmChat, { model: 'args.0.model', tokens: 'result.usage.tokens' }, client.chat.completions, 'create')({ model: yield 'which' });
}
