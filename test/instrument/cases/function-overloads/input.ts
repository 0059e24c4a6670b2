export function read(key: string): string;
export function read(key: string, parse: true): number;
export function read(key: string, parse?: boolean): string | number {
  return parse === true ? Number(key) : key;
}

export const text: string = read('4');
export const number: number = read('4', true);
