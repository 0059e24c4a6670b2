export const log: string[] = [];

function note<T>(name: string, value: T): T {
  log.push(name);
  return value;
}

const client = {
  get send(): (...parts: string[]) => string {
    log.push('read send');
    return (...parts) => parts.join(' ');
  },
};

export const sent = note('client', client).send(note('first', 'a'), note('second', 'b'));

const late = { send: undefined as unknown as (text: string) => string };

export function missing(): string {
  return late.send(note('argument', 'c'));
}

const changing = { target: { send: (text: string): string => `first ${text}` } };

export function changed(): string {
  return changing.target.send(((changing.target = { send: (text) => `second ${text}` }), 'd'));
}

export const narrowed = (value: string | { send(): string }): string => {
  if (typeof value === 'string') return value;
  return value.send();
};
