declare function ambient(text: string): string;
declare global {
  function globalAmbient(): void;
}
declare module './other.js' {
  function added(): void;
}

export declare function missing(): void;

export function present(): string {
  return typeof ambient;
}
