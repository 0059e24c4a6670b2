export const one = (((value: number) => value));
export const two = ((value: number) => {
  return value + 2;
}) as (value: number) => number;
export const three = <(value: number) => number>((value) => value + 3);
export const four = ((value: number) => value)!;
