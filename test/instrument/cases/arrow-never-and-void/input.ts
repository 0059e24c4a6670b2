export const fail = (message: string): never => {
  throw new Error(message);
};
export const log: string[] = [];
export const note = (text: string): void => void log.push(text);
export const callbacks: (() => void)[] = [() => log.push('pushed'), async () => {}, () => 5];
