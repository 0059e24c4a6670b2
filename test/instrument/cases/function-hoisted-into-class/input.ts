export class Agent {
  static readonly order = rank('class');
  readonly run = decorated;
}

export const table = new Map([['decorated', decorated]]);

function rank(text: string): number {
  return text.length;
}

function decorated(text: string): string {
  return `*${text}*`;
}
