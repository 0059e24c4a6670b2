/** The keys of the outermost object of a JSON text, as often as they stand there: JSON.parse keeps only the last of each. */
export function outerKeys(line: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [text] = match;
    if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') depth -= 1;
    else if (depth === 1 && line[token.lastIndex] === ':') keys.push(JSON.parse(text) as string);
  }
  return keys;
}
