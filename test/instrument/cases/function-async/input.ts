export async function runAgent(task: { readonly agent: string; readonly text: string }): Promise<string> {
  await Promise.resolve();
  return `${task.agent} did ${task.text}`;
}
