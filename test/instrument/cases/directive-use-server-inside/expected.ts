import { spans, traceFunction } from './generated/instrument.js';

export function page(): { save: (text: string) => Promise<string> } {
  async function save(text: string): Promise<string> {
    'use server';
    return text;
  }
  return { save };
}
(page as unknown) = traceFunction(spans.functionCall, 'page', page);

export const action = async (text: string): Promise<string> => {
  'use server';
  return text;
};

export const actions = {
  async run(text: string): Promise<string> {
    'use server';
    return text;
  },
};
