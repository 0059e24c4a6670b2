export const identity = <T,>(value: T): T => value;
export const extended = async <T extends object>(value: T): Promise<keyof T> => Object.keys(value)[0] as keyof T;
export const wrapped = function <T>(value: T): T[] {
  return [value];
};
