export function walk(depth: number, seen: number[] = []) {
  seen.push(depth);
  if (depth > 0) walk(depth - 1, seen);
  return seen;
}
