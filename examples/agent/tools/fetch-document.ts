import { agents, logs, metrics, security } from '../../../generated/index.js';
import type { SearchIndex } from './search-index.js';
import { DeniedError, type Tool } from './tool.js';

/** Sentences by which a document tries to give orders to the model that reads it. */
const instruction = /[^.:]*\b(?:ignore|disregard|forget)\b[^.]*\b(?:instructions|rules)\b[^.]*\./gi;

/** Hands a document to the model: not a restricted one, and without the orders that it may hold. */
export function fetchDocumentTool(index: SearchIndex): Tool {
  return {
    name: 'fetch_document',
    description: 'The whole text of a document, by its id.',
    parameters: {
      type: 'object',
      properties: { id: { type: 'string', description: 'An id that search returned.' } },
      required: ['id'],
    },
    async execute({ id }) {
      const document = index.documents.get(String(id));
      if (document === undefined) throw new Error('there is no document with this id');
      const { policies } = agents;
      if (!policies.evaluate({ policy: 'document-access', stage: 'tool' }, () => !document.restricted)) {
        logs.toolDenied({ tool: 'fetch_document', document: document.id });
        throw new DeniedError('this document is not for agents');
      }
      metrics.researchDocumentsFetchedTotal.inc({ topic: document.topic });
      const text = policies.evaluate(
        { policy: 'document-instructions', stage: 'output' },
        () => document.text.replaceAll(instruction, ' [removed]'),
        (clean) => (clean === document.text ? 'allow' : 'modify'),
      );
      if (text !== document.text) security.promptInjection({ tool: 'fetch_document', document: document.id });
      return Promise.resolve(text);
    },
  };
}
