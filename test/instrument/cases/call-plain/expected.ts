import { generateText, generateTyped } from './sdk.js';
import { spans, traceFunction, traceMember } from './generated/instrument.js';

export async function ask(model: string): Promise<string> {
  const { text } = await traceFunction(spans.llmChat, { model: 'args.0.model' }, 'generateText', generateText)({ model });
  return text;
}

export const typed: number = traceFunction(spans.llmChat, { model: 'args.0.model' }, 'generateTyped', generateTyped)<number>({ model: 'm' }, 4);
export const chained = (): Promise<string> => traceMember(spans.llmChat, { model: 'args.0.model' }, traceFunction(spans.llmChat, { model: 'args.0.model' }, 'generateText', generateText)({ model: 'chained' }), 'then')(({ text }) => text);
export const passed = ['a'].map((model) => traceFunction(spans.llmChat, { model: 'args.0.model' }, 'generateText', generateText)({ model }));
