export function cached(key: string): string {
  cached.hits += 1;
  return key;
}
cached.hits = 0;
cached.reset = (): void => {
  cached.hits = 0;
};
