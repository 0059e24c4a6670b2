// eslint-disable-next-line no-unused-vars
export function one(): number {
  // @ts-expect-error: wrong on purpose
  return 'text';
}
// @ts-ignore
export function two(): number { return missing; }

export const three = (): string =>
  // @ts-expect-error: wrong on purpose
  3;

/* istanbul ignore next */ export function four(): void {}
