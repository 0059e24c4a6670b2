export const text = 'a b';
// a comment with one:  
export function split(): string[] {
  return text.split('\u2028');
}
