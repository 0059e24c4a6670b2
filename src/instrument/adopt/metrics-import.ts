import type { ts } from 'ts-morph';
import { replace, type Edit } from '../edit.js';
import type { FileFacts } from '../file/context.js';
import { importPlace } from '../file/import-place.js';
import { fallbackExtension } from '../file/import-text.js';

/** The generated module that has the helpers of metrics; `instrument.ts` is left to the rules of the spec, which take its import away again. */
const module = 'metrics';

/** What a file calls the object of the helpers. */
export interface MetricsName {
  /** `metrics`, another name where that is taken, or the member of a module. */
  readonly text: string;
  /** Undefined: the file imports it already. */
  readonly local: string | undefined;
}

export function metricsName(facts: FileFacts): MetricsName {
  const held = facts.held.get('metrics');
  if (held !== undefined) return { text: held, local: undefined };
  if (facts.module.importForm === 'import equals') {
    const local = facts.free.freeForm('telemetryMetrics');
    return { text: `${local}.metrics`, local };
  }
  const local = facts.free.freeForm('metrics');
  return { text: local, local };
}

/** The statement that imports the helpers, without its end. */
function importText(facts: FileFacts, local: string, isTypeOnly: boolean): string {
  const path = facts.specifiers.write(module, facts.taken, fallbackExtension(facts));
  const specifier = `${facts.quote}${path}${facts.quote}`;
  switch (facts.module.importForm) {
    case 'import equals':
      return `import ${local} = require(${specifier})`;
    case 'require':
      return `const { ${local === 'metrics' ? local : `metrics: ${local}`} } = require(${specifier})`;
    default:
      return `import ${isTypeOnly ? 'type ' : ''}{ ${local === 'metrics' ? local : `metrics as ${local}`} } from ${specifier}`;
  }
}

/**
 * Takes out what nothing uses any more, and puts the import of the helpers in: where the first of those stood, else below the file's
 * imports.
 * @param local undefined: no import is needed
 */
export function importEdits(
  facts: FileFacts,
  local: string | undefined,
  dropped: readonly ts.Statement[],
  isTypeOnly: boolean,
): readonly Edit[] {
  const { source, text, newline, semicolons } = facts;
  const edits: Edit[] = [];
  const [first] = dropped;
  const imported = local === undefined ? undefined : importText(facts, local, isTypeOnly);
  for (const statement of dropped) {
    if (statement === first && imported !== undefined) {
      const end = text[statement.end - 1] === ';' || semicolons ? ';' : '';
      edits.push(replace(statement.getStart(source), statement.end, imported + end, statement));
    } else edits.push(removal(statement, text));
  }
  if (imported === undefined || first !== undefined) return edits;
  const { isCommonJs, importForm } = facts.module;
  const place = importPlace(source, importForm === 'import' && !isCommonJs);
  const end = place.kind === 'inline' || semicolons ? ';' : '';
  const written = {
    'line after': `${newline}${imported}${end}`,
    first: `${imported}${end}${newline}${newline}`,
    inline: ` ${imported}${end}`,
  }[place.kind];
  return [...edits, { start: place.at, end: place.at, text: written, side: 'close', extent: -1 }];
}

/** A statement goes with its line where it has that to itself. */
function removal(statement: ts.Statement, text: string): Edit {
  const start = statement.getStart();
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', statement.end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone = `${text.slice(lineStart, start)}${text.slice(statement.end, lineEnd)}`.trim() === '';
  return isAlone ? replace(lineStart, lineEnd, '', statement) : replace(start, statement.end, '', statement);
}
