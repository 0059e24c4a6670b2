/** Where two values differ, as paths with dots: `panels.3.title`. The first of them alone, where there are many. */
export function differingPaths(expected: unknown, found: unknown, most: number): readonly string[] {
  const paths: string[] = [];
  collect(expected, found, '', paths, most);
  return paths;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function collect(expected: unknown, found: unknown, path: string, paths: string[], most: number): void {
  if (paths.length >= most || Object.is(expected, found)) return;
  const bothLists = Array.isArray(expected) && Array.isArray(found);
  const bothObjects =
    isObject(expected) && isObject(found) && Array.isArray(expected) === Array.isArray(found);
  if (!bothObjects) {
    paths.push(path === '' ? 'all of it' : path);
    return;
  }
  if (bothLists && expected.length !== found.length) {
    paths.push(`${path}: ${found.length} and not ${expected.length}`);
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    collect(expected[key], found[key], path === '' ? key : `${path}.${key}`, paths, most);
  }
}
