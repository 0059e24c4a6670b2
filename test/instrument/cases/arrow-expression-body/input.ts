export const double = (value: number): number => value * 2;
export const load = async (id: string): Promise<{ id: string }> => ({ id });
export const nothing = (): void => undefined;
export const comma = (value: number): number => (value++, value);
export const choose = (flag: boolean): ((text: string) => string) =>
  flag ? (text) => text.toUpperCase() : (text) => text;
