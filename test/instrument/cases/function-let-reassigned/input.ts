export let greet = function (name: string): string {
  return `hello ${name}`;
};

export function silence(): void {
  greet = (name) => name;
}
