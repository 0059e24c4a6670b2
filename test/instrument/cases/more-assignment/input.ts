export function countUp(kind: string): string {
  return kind.toUpperCase();
}

export async function timeIt(text: string): Promise<number> {
  await Promise.resolve();
  return text.length;
}

export default function logIt(size: number): number {
  if (size < 0) throw new RangeError('less than nothing');
  return size;
}

export function allOfIt(text: string): number;
export function allOfIt(text: string, more: number): number;
export function allOfIt(text: string, more = 0): number {
  return text.length + more;
}
