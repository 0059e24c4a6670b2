export async function generateText(request: { model: string }): Promise<{ text: string }> {
  return { text: `text of ${request.model}` };
}

export function generateTyped<T>(_request: { model: string }, value: T): T {
  return value;
}
