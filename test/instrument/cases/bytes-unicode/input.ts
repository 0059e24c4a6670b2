export const emoji = '👩‍🚀';

export function größe(文字: string): number {
  return [...文字].length;
}

export const ünicode = { naïve: (é: string): string => `${é}👍` };
// 𝒮𝒸𝓇𝒾𝓅𝓉
export class Ω {
  λ(): string {
    return '\u{1F600}';
  }
}
