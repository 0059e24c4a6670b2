export const even = [1, 2, 3, 4].filter((value) => value % 2 === 0);
export const sum = [1, 2, 3].reduce((total, value) => total + value, 0);
export const parsed = ['1', '2'].map(Number).sort((a, b) => b - a);
export const chained = Promise.resolve(1)
  .then((value) => value + 1)
  .then(async (value) => `${value}`)
  .finally(() => {});
export const texts = [1, 'a', 2].filter((value) => typeof value === 'string');
export const first: string | undefined = texts[0];
export const made = new Promise<number>((resolve) => {
  resolve(4);
});
export const replaced = 'abc'.replace(/b/, (found) => found.toUpperCase());
