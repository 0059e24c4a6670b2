function helper(): string {
  return 'helper';
}

export const api = { helper, nested: { helper } };
export { helper as default };
export type { Api };
type Api = typeof api;
