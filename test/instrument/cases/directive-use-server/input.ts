'use server';

import { randomUUID } from 'node:crypto';

export async function save(text: string): Promise<number> {
  return randomUUID().length + text.length;
}

export const remove = async (id: string): Promise<string> => id;
