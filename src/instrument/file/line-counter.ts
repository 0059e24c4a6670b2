/** Line numbers, from 1, of offsets that are mostly asked for in rising order. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  let asked = 0;
  return (offset) => {
    if (offset < asked) {
      line = 1;
      next = text.indexOf('\n');
    }
    asked = offset;
    while (next >= 0 && next < offset) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
