import { metrics } from '../../../generated/index.js';
import type { ToolDefinition } from '../model/wire.js';
import { calculator } from './calculator.js';
import { clock } from './clock.js';
import { readCorpus } from './corpus.js';
import { fetchDocumentTool } from './fetch-document.js';
import { buildIndex } from './search-index.js';
import { searchTool } from './search.js';
import type { Tool } from './tool.js';

/** The tools that a model is offered. */
export type Toolbox = ReadonlyMap<string, Tool>;

/** The tools of the service, over the documents that ship with it, and others. */
export function openToolbox(others: readonly Tool[]): Toolbox {
  const index = buildIndex(readCorpus());
  metrics.researchIndexDocuments.set(index.documents.size);
  metrics.researchIndexBuiltTimestampSeconds.set(Date.now() / 1000);
  const tools = [searchTool(index), fetchDocumentTool(index), calculator, clock, ...others];
  return new Map(tools.map((tool) => [tool.name, tool]));
}

/** The part of a toolbox that an agent may use. */
export function selectTools(toolbox: Toolbox, names: readonly string[]): Toolbox {
  return new Map([...toolbox].filter(([name]) => names.includes(name)));
}

export function toolDefinitions(toolbox: Toolbox): readonly ToolDefinition[] {
  return [...toolbox.values()].map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
}
