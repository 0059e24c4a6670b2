export const api = {
  count(): number {
    return arguments.length;
  },
  defaulted(value = this.count(), ...rest: number[]): number {
    return value + rest.length;
  },
};
