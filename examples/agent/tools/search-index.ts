import type { Document } from './corpus.js';
import { spans, traceFunction } from '../../../generated/instrument.js';

export interface Hit {
  readonly document: Document;
  readonly score: number;
}

/** A full-text index in memory. */
export interface SearchIndex {
  readonly documents: ReadonlyMap<string, Document>;
  /** The best documents for a query, best first; none where no word of it occurs. */
  search(query: string, limit: number): readonly Hit[];
}

/** Saturation of a word's frequency and influence of a document's length: the usual values of BM25. */
const k1 = 1.2;
const b = 0.75;

/** Indexes documents by the words of title and text, and ranks them with BM25. */
export function buildIndex(documents: readonly Document[]): SearchIndex {
  const counts = documents.map((document) =>
    countWords(`${document.title} ${document.title} ${document.text}`),
  );
  const lengths = counts.map((words) => [...words.values()].reduce((sum, count) => sum + count, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length);

  const score = (word: string, at: number): number => {
    const frequency = counts[at]?.get(word) ?? 0;
    if (frequency === 0) return 0;
    const holders = counts.filter((words) => words.has(word)).length;
    const rarity = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
    const lengthFactor = 1 - b + (b * (lengths[at] ?? 0)) / meanLength;
    return (rarity * frequency * (k1 + 1)) / (frequency + k1 * lengthFactor);
  };

  return {
    documents: new Map(documents.map((document) => [document.id, document])),
    search(query, limit) {
      const words = [...countWords(query).keys()];
      return documents
        .map((document, at) => ({
          document,
          score: words.reduce((sum, word) => sum + score(word, at), 0),
        }))
        .filter((hit) => hit.score > 0)
        .sort((left, right) => right.score - left.score)
        .slice(0, limit);
    },
  };
}
(buildIndex as unknown) = traceFunction(
  spans.researchIndex,
  { documents: 'result.documents.size' },
  'buildIndex',
  buildIndex,
);

const stopWords = new Set([
  'the',
  'and',
  'for',
  'how',
  'what',
  'does',
  'are',
  'with',
  'that',
  'this',
  'its',
  'why',
]);

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length < 3 || stopWords.has(word)) continue;
    const stem = word.replace(/(?:ies|es|s)$/, '');
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}
