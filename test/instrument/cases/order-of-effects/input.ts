export const log: string[] = [];

export async function first(): Promise<void> {
  log.push('first begins');
  await second();
  log.push('first ends');
}

async function second(): Promise<void> {
  log.push('second begins');
  await null;
  log.push('second ends');
}

export function sync(): void {
  log.push('sync');
}
