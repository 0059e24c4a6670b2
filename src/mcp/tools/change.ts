import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { hasErrors } from '../../diagnostics/create.js';
import { renderPretty } from '../../diagnostics/render/pretty.js';
import type { Model } from '../../model/model.js';
import { resolve } from '../../model/resolve.js';
import { isWithin } from '../../output/paths.js';
import { loadSpecFrom } from '../../spec/load.js';
import { specProperty, textArgument, ToolFailure, type Tool } from '../tool.js';
import { diagnosticsData, failureOf, type Workspace } from '../workspace.js';

/** Changes that are listed; breaking ones come first. */
const mostChanges = 100;

export const diff: Tool = {
  name: 'diff',
  title: 'Say what a change of the spec breaks',
  description:
    'Compares the spec with an older one and lists what changed for code, series, queries and alerts, what of it breaks somebody, and which alerts, panels and objectives it hits. Use it before you finish a change of the spec.',
  inputSchema: {
    type: 'object',
    properties: {
      old: {
        type: 'string',
        minLength: 1,
        maxLength: 1000,
        description:
          'What it was: a revision of git (main, HEAD~1, main:path/observability.yaml) or a file; HEAD where left out',
      },
      ...specProperty,
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      breaking: { type: 'boolean' },
      series: { type: 'object', description: 'Worst-case series of one instance, before and after' },
      changes: { type: 'array', items: { type: 'object' } },
      diagnostics: { type: 'array', items: { type: 'object' } },
      truncated: { type: 'string' },
    },
    required: ['breaking', 'changes'],
  },
  readOnly: true,
  async call(given, workspace) {
    const [{ diffModels }, { differenceJson }, { differenceMarkdown }] = await Promise.all([
      import('../../inspect/diff/diff.js'),
      import('../../inspect/diff/render/json.js'),
      import('../../inspect/diff/render/markdown.js'),
    ]);
    const now = workspace.model(textArgument(given, 'spec'));
    const old = await olderModel(
      textArgument(given, 'old') ?? 'HEAD',
      textArgument(given, 'spec'),
      workspace,
    );
    const difference = diffModels(old, now, workspace.today);
    const data = JSON.parse(differenceJson(difference)) as Readonly<Record<string, unknown>>;
    const rest = difference.changes.length - mostChanges;
    const sorted = [...((data['changes'] ?? []) as readonly { readonly breaking: readonly string[] }[])].sort(
      (a, b) => b.breaking.length - a.breaking.length,
    );
    return rest > 0
      ? {
          data: {
            ...data,
            changes: sorted.slice(0, mostChanges),
            truncated: `${rest} more changes, not listed`,
          },
        }
      : { data, text: differenceMarkdown(difference) };
  },
};

/** @throws ToolFailure */
async function olderModel(word: string, spec: string | undefined, workspace: Workspace): Promise<Model> {
  if (existsSync(word) || isAbsolute(word) || word.startsWith('.')) {
    const { model, diagnostics } = workspace.read(word).analysis;
    if (model === undefined) throw failureOf(`${word} cannot be read`, diagnostics);
    return model;
  }
  const { revisionPlace } = await import('../../inspect/diff/revision.js');
  const place = revisionPlace(word, workspace.path(spec ?? workspace.spec));
  if ('fault' in place) throw new ToolFailure(place.fault, place.help);
  const { value, diagnostics } = loadSpecFrom(place.store, place.main);
  const model = value === undefined ? undefined : resolve(value).value;
  if (model === undefined) throw failureOf(`the spec of ${place.shown} cannot be read`, diagnostics);
  return model;
}

/** Files of a plan that are listed. */
const mostFiles = 200;

export const build: Tool = {
  name: 'build',
  title: 'Compile the spec',
  description:
    'Compiles the spec to typed helpers, rules, dashboards and documents. Without `write: true` it only says which files would change. Files that somebody edited by hand are never overwritten. Use it after a change of the spec, so that new helpers exist before code uses them.',
  inputSchema: {
    type: 'object',
    properties: {
      write: { type: 'boolean', description: 'Write what has changed; without it nothing is written' },
      ...specProperty,
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      written: { type: 'boolean', description: 'Whether the files are on the disk now' },
      out: { type: 'string' },
      unchanged: { type: 'integer' },
      files: {
        type: 'array',
        description: 'Those that are not the same',
        items: {
          type: 'object',
          properties: { path: { type: 'string' }, action: { type: 'string' } },
          required: ['path', 'action'],
        },
      },
      diagnostics: { type: 'array', items: { type: 'object' }, description: 'Warnings' },
      truncated: { type: 'string' },
    },
    required: ['written', 'out', 'unchanged', 'files', 'diagnostics'],
  },
  readOnly: false,
  async call(given, workspace) {
    const write = given['write'] === true;
    if (write && workspace.readOnly)
      throw new ToolFailure('this server may not write', [
        'leave write out, or start it without --read-only',
      ]);
    const { model, diagnostics } = workspace.checked(textArgument(given, 'spec'));
    const [{ emit }, { planOutput }, { applyPlan }] = await Promise.all([
      import('../../emit/index.js'),
      import('../../output/plan.js'),
      import('../../output/apply.js'),
    ]);
    const { out } = workspace;
    if (out === workspace.root || !isWithin(workspace.root, out))
      throw new ToolFailure('the output directory is no folder below the working directory', [
        'start the server with --out DIR',
      ]);
    const planned = planOutput(emit(model), out);
    const plan = planned.value;
    if (plan === undefined || hasErrors(planned.diagnostics))
      throw failureOf('nothing is written: files are in the way', planned.diagnostics);
    if (write) {
      const applied = await applyPlan(plan);
      if (applied.value === undefined) throw failureOf('the files cannot be written', applied.diagnostics);
    }
    const changed = plan.entries
      .filter(({ action }) => action !== 'same')
      .map(({ path, action }) => ({ path, action }));
    const rest = changed.length - mostFiles;
    const found = [...diagnostics, ...planned.diagnostics];
    return {
      data: {
        written: write,
        out: workspace.shown(out),
        unchanged: plan.entries.length - changed.length,
        files: changed.slice(0, mostFiles),
        ...diagnosticsData(found),
        ...(rest > 0 ? { truncated: `${rest} more files, not listed` } : {}),
      },
      ...(found.length === 0
        ? {}
        : {
            text: `${summary(write, changed.length)}\n\n${renderPretty(found.slice(0, 20), { color: false })}`,
          }),
    };
  },
};

function summary(written: boolean, count: number): string {
  const files = `${count} ${count === 1 ? 'file' : 'files'}`;
  return written
    ? `${files} written or removed`
    : `${files} would be written or removed; write: true does it`;
}
