'use server';

import { randomUUID } from 'node:crypto';
import { spans, traceCall } from './generated/instrument.js';

export async function save(text: string): Promise<number> { return await traceCall(spans.functionCall, async (): Promise<number> => {
  return randomUUID().length + text.length;
}); }

export const remove = async (id: string): Promise<string> => await traceCall(spans.expressionCall, async (): Promise<string> => id);
