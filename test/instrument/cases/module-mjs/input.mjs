export default function (text) {
  return text;
}
export const { run } = { run: (text) => text };
export function* values() {
  yield 1;
}
