// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule, environmentVariable } from '../host.js';
import { settingsDocument } from '../settings/settings-document.js';
import { labelText } from './label-text.js';

/** What an operator may ask of a label: fewer values, or none at all. */
export interface OperatorLimit {
  readonly cap?: number;
  readonly drop?: boolean;
}

/** What an operator has asked for, by label key, and what could not be understood of it. */
export interface OperatorSource {
  readonly limits: ReadonlyMap<string, OperatorLimit>;
  readonly mistakes: readonly string[];
}

/** The parts of `node:fs` that are used. */
interface FileSystem {
  statSync(path: string): { isFile(): boolean; readonly size: number };
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** A spec has 5000 labels at most; a file beyond this is another file. */
const maxFileBytes = 65_536;

const caps = 'a cap is a whole number from 1 on';

/** Reads `OBSGEN_LABELS` and the file that `OBSGEN_LABELS_FILE` names. Where both speak of a label, both hold. Never throws. */
export function readOperatorSource(): OperatorSource {
  const source = new Source();
  const path = environmentVariable('OBSGEN_LABELS_FILE');
  if (path !== undefined) source.readFile(path);
  source.readText(environmentVariable('OBSGEN_LABELS') ?? '');
  const settings = environmentVariable('OBSGEN_SETTINGS_FILE');
  if (settings !== undefined) source.readDrops(settings);
  return source;
}

class Source implements OperatorSource {
  readonly limits = new Map<string, OperatorLimit>();
  readonly mistakes: string[] = [];

  /** `tool=20,user=drop` */
  readText(text: string): void {
    for (const item of text.split(',').map((part) => part.trim())) {
      if (item === '') continue;
      const [, key, word = ''] = /^([^=\s]+)\s*=\s*(\S+)$/.exec(item) ?? [];
      if (key !== undefined && word === 'drop') this.add(key, { drop: true });
      else if (key !== undefined && /^[1-9]\d{0,8}$/.test(word)) this.add(key, { cap: Number(word) });
      else
        this.mistakes.push(
          `OBSGEN_LABELS: "${labelText(item)}" is ignored: write label=drop or label=20 (${caps})`,
        );
    }
  }

  /** `{ "labels": { "tool": { "cap": 20 }, "user": { "drop": true } } }` */
  readFile(path: string): void {
    const content = contentOf(path);
    if (typeof content !== 'string') {
      this.mistakes.push(`OBSGEN_LABELS_FILE: ${labelText(path)} is ignored: ${content.fault}`);
      return;
    }
    let document: unknown;
    try {
      document = JSON.parse(content.replace(/^\ufeff/, ''));
    } catch (error) {
      // The message quotes a piece of the file.
      const reason = labelText(error instanceof Error ? error.message : '');
      this.mistakes.push(`OBSGEN_LABELS_FILE: ${labelText(path)} is ignored: it is no JSON: ${reason}`);
      return;
    }
    this.readDocument(document);
  }

  /** Of a settings file only the labels that are dropped: its caps are set while the program runs, and it is spoken of there. */
  readDrops(path: string): void {
    const content = contentOf(path);
    const { labels = {} } =
      (typeof content === 'string' ? settingsDocument(content).settings : undefined) ?? {};
    for (const [key, { drop }] of Object.entries(labels)) if (drop === true) this.add(key, { drop });
  }

  private readDocument(document: unknown): void {
    const labels = isObject(document) ? document['labels'] : undefined;
    if (!isObject(labels)) {
      this.mistakes.push(
        'OBSGEN_LABELS_FILE is ignored: it has to be { "labels": { "tool": { "cap": 20 }, "user": { "drop": true } } }',
      );
      return;
    }
    for (const [key, wish] of Object.entries(labels)) this.readWish(key, wish);
  }

  private readWish(key: string, wish: unknown): void {
    const parts = isObject(wish) ? Object.entries(wish) : [];
    const understood = parts.filter(([part, value]) =>
      part === 'drop' ? isBoolean(value) : part === 'cap' && isCap(value),
    );
    if (parts.length === 0 || understood.length < parts.length)
      this.mistakes.push(
        `OBSGEN_LABELS_FILE: what it says of ${labelText(key)} is ignored: write { "drop": true } or { "cap": 20 } (${caps})`,
      );
    else this.add(key, Object.fromEntries(parts));
  }

  private add(key: string, { cap, drop }: OperatorLimit): void {
    const before = this.limits.get(key);
    const least = Math.min(cap ?? Infinity, before?.cap ?? Infinity);
    const isDropped = drop === true || before?.drop === true;
    this.limits.set(key, {
      ...(least < Infinity ? { cap: least } : {}),
      ...(isDropped ? { drop: true } : {}),
    });
  }
}

function contentOf(path: string): string | { readonly fault: string } {
  const files = builtinModule('node:fs') as FileSystem | undefined;
  if (files === undefined) return { fault: 'files can be read with Node 20.16 or later only' };
  try {
    const found = files.statSync(path);
    // A pipe or a device would keep the program from starting.
    if (!found.isFile()) return { fault: 'it is not a regular file' };
    if (found.size > maxFileBytes)
      return { fault: `it has ${found.size} bytes, and ${maxFileBytes} are enough` };
    return files.readFileSync(path, 'utf8');
  } catch (error) {
    return { fault: labelText(error instanceof Error ? error.message : 'it cannot be read') };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isCap(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
