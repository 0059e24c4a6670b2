/** A name that every reader of OpenSLO admits: that of a DNS label, in lower case, at most 63 characters. */
export function documentName(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63);
  return cleaned.replace(/^-+|-+$/g, '') || 'unnamed';
}

/** The same, told apart from those that are taken, of which it becomes one. */
export function freeName(name: string, taken: Set<string>): string {
  const base = documentName(name);
  let free = base;
  for (let count = 2; taken.has(free); count += 1)
    free = `${base.slice(0, 63 - String(count).length - 1)}-${count}`;
  taken.add(free);
  return free;
}

/** The longest description that OpenSLO admits. */
const longest = 1050;

/** A description that fits, or none. */
export function descriptionOf(text: string | undefined): { readonly description?: string } {
  if (text === undefined) return {};
  const characters = Array.from(text);
  return {
    description: characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`,
  };
}
