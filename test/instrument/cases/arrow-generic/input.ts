export const identity = <T>(value: T): T => value;
export const keyed = async <T extends object, const K extends readonly (keyof T)[]>(value: T, keys: K) =>
  keys.map((key) => value[key]);
export const text: 'a' = identity('a');
