export async function load(id: number): Promise<number> {
  if (id < 0) throw new Error('no such id');
  return id;
}

export function loadPlain(id: number): Promise<number> {
  if (id < 0) throw new Error('no such id');
  return load(id);
}
