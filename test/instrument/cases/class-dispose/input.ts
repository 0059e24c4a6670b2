export const log: string[] = [];

export class Connection {
  [Symbol.dispose](): void {
    log.push('closed');
  }
  async [Symbol.asyncDispose](): Promise<void> {
    log.push('closed later');
  }
}

export function use(): string {
  using connection = new Connection();
  log.push(typeof connection);
  return 'used';
}

export async function useLater(): Promise<string> {
  await using connection = new Connection();
  log.push(typeof connection);
  if (log.length > 100) throw new Error('too many');
  return 'used later';
}
