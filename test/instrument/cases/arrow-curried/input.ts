export const curry = (left: number) => (middle: number) => async (right: number) => left + middle + right;
export const middleware =
  (log: string[]) =>
  <T>(next: (value: T) => T) =>
  (value: T): T => {
    log.push('in');
    return next(value);
  };
