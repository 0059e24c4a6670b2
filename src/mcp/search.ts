/** Words of a query, each of which has to be somewhere. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/**
 * The things that fit words, best first: those with the words in their names before those that only talk of them.
 * @param told the name of a thing, and what is said about it
 */
export function matching<T>(
  items: readonly T[],
  query: string,
  told: (item: T) => { readonly name: string; readonly about: readonly (string | undefined)[] },
): readonly T[] {
  const words = wordsOf(query);
  if (words.length === 0) return items;
  return (
    items
      .map((item) => {
        const { name, about } = told(item);
        const lowerName = name.toLowerCase();
        const all = `${lowerName} ${about.join(' ').toLowerCase()}`;
        const found = words.filter((word) => all.includes(word)).length;
        const named = words.filter((word) => lowerName.includes(word)).length;
        return { item, found, rank: found + named };
      })
      // Of many words one that is somewhere else is forgiven: agents ask in sentences.
      .filter(({ found }) => found >= Math.max(1, Math.ceil(words.length / 2)))
      .sort((a, b) => b.rank - a.rank)
      .map(({ item }) => item)
  );
}
