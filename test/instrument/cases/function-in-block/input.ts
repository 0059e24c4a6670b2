export const found: string[] = [];

if (found.length === 0) {
  found.push(local());
  function local(): string {
    return 'local';
  }
  found.push(local());
}

for (const item of ['a', 'b']) {
  function each(): string {
    return item;
  }
  found.push(each());
}

{
  function local(): string {
    return 'another';
  }
  found.push(local());
}
