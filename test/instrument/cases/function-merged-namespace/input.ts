export function parse(text: string): string[] {
  return text.split(parse.separator);
}

export namespace parse {
  export const separator = ',';
  export const strict = (text: string): string[] => parse(text).filter((part) => part !== '');
}
