export function make(prefix: string): { run(text: string): string } {
  class Local {
    run(text: string): string {
      return prefix + text;
    }
  }
  return new Local();
}

export const factories = ['a', 'b'].map(
  (letter) =>
    class {
      static letter(): string {
        return letter;
      }
    },
);
