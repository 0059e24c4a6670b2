import { generateText, generateTyped } from './sdk.js';

export async function ask(model: string): Promise<string> {
  const { text } = await generateText({ model });
  return text;
}

export const typed: number = generateTyped<number>({ model: 'm' }, 4);
export const chained = (): Promise<string> => generateText({ model: 'chained' }).then(({ text }) => text);
export const passed = ['a'].map((model) => generateText({ model }));
