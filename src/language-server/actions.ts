import { CodeActionKind, type CodeAction, type Range as LspRange } from 'vscode-languageserver';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { bySource } from '../fix/text-edits.js';
import { fixable } from '../fix/fixable.js';
import { isSuppressible } from '../model/checks/suppress.js';
import { parseWithoutSecrets } from '../spec/layers/imports.js';
import { type LocatedMap, type Path, locate } from '../spec/located.js';
import type { Documents } from './documents.js';
import { toLsp } from './diagnostics.js';
import { lspRange, offsetAt } from './positions.js';

/** What a person has to replace; shorter reasons are refused by the schema, and this one is seen in review. */
export const reasonToWrite = 'TODO: say why this is accepted';

/** What can be done about the findings in a stretch of a file: their fixes, all fixes of the file, and accepting a finding. */
export function actionsAt(
  documents: Documents,
  source: SourceFile,
  range: LspRange,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  const from = offsetAt(source, range.start);
  const to = offsetAt(source, range.end);
  const here = diagnostics.filter(
    ({ range: place }) => place?.source === source && place.start <= to && from <= place.end,
  );
  const fixes = here.flatMap((each): CodeAction[] => {
    if (each.fix === undefined) return [];
    return [
      {
        title: titleOf(each, each.fix),
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [toLsp(documents, each)],
        edit: workspaceEdit(documents, [each.fix]),
      },
    ];
  });
  const all = fixable(diagnostics).filter((fix) => fix.range.source === source);
  return [
    ...fixes,
    ...here.flatMap((each) => suppression(documents, source, each) ?? []),
    ...(all.length > 0
      ? [
          {
            title: `Mend all ${all.length} findings with a fix in this file`,
            kind: CodeActionKind.SourceFixAll,
            edit: workspaceEdit(documents, all),
          },
        ]
      : []),
  ];
}

function titleOf({ code }: Diagnostic, { range, text }: Fix): string {
  const old = range.source.text.slice(range.start, range.end);
  const short = (each: string): string => {
    const line = each.trim().replaceAll(/\s+/g, ' ');
    return line.length > 40 ? `${line.slice(0, 39)}…` : line;
  };
  if (text.trim() === '') return `Remove \`${short(old)}\` (${code})`;
  if (old.trim() === '') return `Insert \`${short(text)}\` (${code})`;
  return `Replace \`${short(old)}\` with \`${short(text)}\` (${code})`;
}

/** Edits by file, as the protocol has them. */
export function workspaceEdit(documents: Documents, edits: readonly Fix[]): NonNullable<CodeAction['edit']> {
  const changes = [...bySource(edits)].map(([source, ofSource]) => [
    documents.uriOf(source),
    ofSource.map(({ range, text }) => ({ range: lspRange(range), newText: text })),
  ]);
  return { changes: Object.fromEntries(changes) as NonNullable<NonNullable<CodeAction['edit']>['changes']> };
}

/** Accepts a finding where it stands: an entry of `suppress`, whose reason is left to be written. */
function suppression(documents: Documents, source: SourceFile, finding: Diagnostic): CodeAction | undefined {
  if (finding.range === undefined || !isSuppressible(finding.code)) return undefined;
  const tree = parseWithoutSecrets(source).value;
  const at = tree && placeOf(tree.root, finding.range.start);
  const edit = tree && at !== undefined ? suppressEdit(source, tree.root, finding.code, at) : undefined;
  if (edit === undefined) return undefined;
  return {
    title: `Accept ${finding.code} at ${at ?? ''}, with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toLsp(documents, finding)],
    edit: workspaceEdit(documents, [edit]),
  };
}

/** The entry that an offset is in, as `at` of a suppression names it: sections and names, `alerts.QueueGrowing`. */
function placeOf(root: LocatedMap, offset: number): string | undefined {
  const path: string[] = [];
  let map: LocatedMap | undefined = root;
  // A section and a name in it are enough, `logs.events.x` is one more; what lies deeper changes with every edit.
  while (map !== undefined && path.length < (path[0] === 'logs' || path[0] === 'security' ? 3 : 2)) {
    const found:
      [string, LocatedMap['entries'] extends ReadonlyMap<string, infer Entry> ? Entry : never] | undefined = [
      ...map.entries,
    ].find(
      ([, { key, value }]) => key.range.start <= offset && offset <= Math.max(key.range.end, value.range.end),
    );
    if (found === undefined) break;
    path.push(found[0]);
    map = found[1].value.kind === 'map' ? found[1].value : undefined;
  }
  return path.length === 0 || path[0] === 'suppress' ? undefined : path.join('.');
}

function suppressEdit(source: SourceFile, root: LocatedMap, code: string, at: string): Fix | undefined {
  const item = `{ code: ${code}, at: ${/[^\w.-]/.test(at) ? JSON.stringify(at) : at}, reason: '${reasonToWrite}' }`;
  const path: Path = ['suppress'];
  const list = locate(root, path);
  if (list === undefined) {
    const end = source.text.length;
    const lead = end === 0 || source.text.endsWith('\n') ? '' : '\n';
    return { range: { source, start: end, end }, text: `${lead}suppress:\n  - ${item}\n` };
  }
  if (list.kind !== 'sequence') return undefined;
  const last = list.items.at(-1);
  const isFlow = source.text[list.range.start] === '[';
  if (isFlow) {
    const start = last?.range.end ?? list.range.start + 1;
    return { range: { source, start, end: start }, text: last === undefined ? item : `, ${item}` };
  }
  if (last === undefined) return undefined;
  // A comment behind the last item stays with it.
  const end = lineEnd(source.text, Math.max(last.range.start, last.range.end - 1));
  const { column } = source.position(dashBefore(source.text, list.items[0]?.range.start ?? 0));
  return { range: { source, start: end, end }, text: `\n${' '.repeat(column - 1)}- ${item}` };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

const dashBefore = (text: string, start: number): number => Math.max(0, text.lastIndexOf('-', start));
