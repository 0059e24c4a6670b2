export const code = `
function inner() { return 1; }
${((value: number) => value * 2)(2)}
`;
export const regular = /function \w+\(\) \{/u;
export const division = (a: number, b: number): number => a / b / 2;
export function tagged(parts: TemplateStringsArray, ...values: unknown[]): string {
  return parts.raw.join('|') + values.length;
}
export const made = tagged`a${1}b\n`;
