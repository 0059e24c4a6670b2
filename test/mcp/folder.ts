import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { McpServer } from '../../src/mcp/server.js';
import { Workspace, type WorkspaceOptions } from '../../src/mcp/workspace.js';
import { testToday } from '../support/model.js';

export const spec = `version: 1
service: { name: checkout, owner: payments }
labels:
  outcome: { description: How the run ended., values: [completed, failed] }
  tool: { description: Tool that the agent called., registered: true, cap: 40 }
metrics:
  runs_total: { type: counter, help: 'Agent runs, by how they ended.', labels: [outcome] }
  run_duration_seconds: { type: histogram, help: Time a run took., buckets: [0.1, 1, 10] }
  tool_calls_total: { type: counter, help: Tool calls., labels: [tool] }
  queue_depth: { type: gauge, help: Tasks waiting. }
spans:
  agent.run:
    kind: internal
    description: One run of the agent.
    record: { count: runs_total, duration: run_duration_seconds }
    outcome: { label: outcome, ok: completed, error: failed }
  tool.call:
    kind: internal
    attributes: { tool: { label: tool }, arguments: { type: json, sensitivity: content } }
    record: { count: tool_calls_total }
logs:
  events:
    run.accepted: { level: info, message: run accepted, fields: { task_length: int } }
slis:
  success: { events: { total: runs_total, good: 'runs_total{outcome="completed"}' } }
slos:
  success: { sli: success, objective: 99.5, period: 30d }
alerts:
  QueueStuck: { expr: 'queue_depth > 100', for: 5m, severity: ticket, summary: Too many tasks wait. }
`;

/** A folder with files, gone when the test has finished. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'obs-gen-mcp-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A server of a folder, and what it has sent. */
export function serverOf(
  root: string,
  send: (line: string) => void,
  more: Partial<WorkspaceOptions> = {},
): McpServer {
  const workspace = new Workspace({
    ...{ root, spec: 'observability.yaml', out: 'generated', readOnly: false, today: () => testToday },
    ...more,
  });
  return new McpServer({
    workspace,
    version: '1.2.3',
    send,
    onFault: (error) => {
      throw error;
    },
  });
}
