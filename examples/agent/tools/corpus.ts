import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFolder } from '../paths.js';

export interface Document {
  /** The file's name without its ending: what fetch_document takes. */
  readonly id: string;
  readonly title: string;
  readonly topic: string;
  readonly restricted: boolean;
  readonly text: string;
}

const documentForm = /^# (?<title>.+)\n(?<head>(?:[a-z]+: .+\n)*)\n(?<text>[^]+)$/;

function parseDocument(id: string, source: string): Document {
  const parts = documentForm.exec(source)?.groups;
  if (parts === undefined) throw new Error(`the document ${id} has no title and head`);
  const head = new Map((parts['head'] ?? '').split('\n').map((line) => splitOnce(line, ': ')));
  return {
    id,
    title: parts['title'] ?? id,
    topic: head.get('topic') ?? 'other',
    restricted: head.get('access') === 'restricted',
    text: (parts['text'] ?? '').replaceAll(/\s+/g, ' ').trim(),
  };
}

function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)];
}

/** Reads the documents that ship with the example. */
export function readCorpus(folder = join(exampleFolder, 'corpus')): readonly Document[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => parseDocument(name.slice(0, -3), readFileSync(join(folder, name), 'utf8')));
}
