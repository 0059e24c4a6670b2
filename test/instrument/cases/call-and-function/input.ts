const client = { send: (text: string): string => `sent ${text}` };

export const inBody = (): string => client.send('a');
export const inArgument = [client.send('b')].map((text) => client.send(text));
export class Agent {
  field = () => client.send('c');
  run(): string {
    return client.send(client.send('d'));
  }
  static readonly made = client.send('e');
}
export function last(text = client.send('f')): string { return client.send(text) }
