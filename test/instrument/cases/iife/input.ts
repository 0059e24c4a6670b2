export const value = (() => {
  const secret = 4;
  return secret * 2;
})();

export const counter = (function () {
  let count = 0;
  return { next: () => (count += 1) };
})();

export const log: string[] = [];
void (async () => {
  log.push('begun');
  await null;
  log.push('ended');
})();
(function bare(this: unknown) {
  log.push(String(this));
}).call('self');
