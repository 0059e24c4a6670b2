import { readFileSync } from 'node:fs';
import { agentsGuide } from '../emit/agents-guide/emitter.js';
import { telemetryPage } from '../emit/markdown/emitter.js';
import type { Workspace } from './workspace.js';

/** Something that a client can read as it is. */
export interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
  /** @throws ToolFailure */
  read(workspace: Workspace): string;
}

export const resources: readonly Resource[] = [
  {
    uri: 'obs-gen://spec',
    name: 'spec',
    title: 'Observability spec',
    description: 'The spec as it stands in its file: what everything else is compiled from',
    mimeType: 'application/yaml',
    read: (workspace) => readFileSync(workspace.path(workspace.spec), 'utf8'),
  },
  {
    uri: 'obs-gen://telemetry',
    name: 'telemetry',
    title: 'Telemetry reference',
    description:
      'What the service tells of itself, and who reads it: metrics, labels, spans, log events, alerts, objectives',
    mimeType: 'text/markdown',
    read: (workspace) => telemetryPage(workspace.model()),
  },
  {
    uri: 'obs-gen://agents',
    name: 'agents',
    title: 'Rules for telemetry in this code',
    description: 'How code of this service records metrics, spans and log lines, in short',
    mimeType: 'text/markdown',
    read: (workspace) => agentsGuide(workspace.model()),
  },
];
