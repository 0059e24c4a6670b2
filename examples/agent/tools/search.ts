import { metrics, spans } from '../../../generated/index.js';
import type { SearchIndex } from './search-index.js';
import type { Tool } from './tool.js';

const limit = 3;

/** Finds documents of the corpus. */
export function searchTool(index: SearchIndex): Tool {
  return {
    name: 'search',
    description: 'Finds documents about a subject. Returns their ids, titles and first words.',
    parameters: {
      type: 'object',
      properties: { query: { type: 'string', description: 'A few words.' } },
      required: ['query'],
    },
    async execute({ query }) {
      return spans.researchSearch({ query: String(query) }, (span) => {
        const hits = index.search(String(query), limit);
        span.set({ hits: hits.length });
        metrics.researchSearchesTotal.inc({ result: hits.length > 0 ? 'hit' : 'empty' });
        return Promise.resolve(
          hits.length === 0
            ? 'Nothing was found.'
            : hits
                .map(({ document }) => `${document.id}: ${document.title}. ${document.text.slice(0, 120)}…`)
                .join('\n'),
        );
      });
    },
  };
}
