// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';
import { setNotes } from '../notes.js';
import { everySeconds } from '../timers.js';
import { settingsDocument } from './settings-document.js';
import type { Settings } from './settings.js';

interface FileSystem {
  statSync(path: string): FileState;
  readFileSync(path: string, encoding: 'utf8'): string;
  readonly promises: {
    stat(path: string): Promise<FileState>;
    readFile(path: string, encoding: 'utf8'): Promise<string>;
  };
}

interface FileState {
  isFile(): boolean;
  readonly size: number;
}

/** What was found where the file should be. */
type Content = { readonly text: string } | { readonly fault: string };

/** More than any settings need; a file beyond this is another file. */
const maxBytes = 262_144;

const subject = 'settings file';

/**
 * A settings file that is looked at again and again. It is read by its name each time, so it may be edited in place, replaced by another
 * or be a link that is set anew, as Kubernetes does it. What cannot be understood changes nothing, and a note says what and where.
 */
export class SettingsFile {
  private readonly path: string;
  private readonly changed: (settings: Settings) => void;
  private last = '';
  /** A text that was not understood, and may have been read while it was written. */
  private doubtful = '';
  private readonly files = builtinModule('node:fs') as FileSystem | undefined;

  /** @param changed gets the settings of each new content that is right */
  constructor(path: string, changed: (settings: Settings) => void) {
    this.path = path;
    this.changed = changed;
  }

  /** Reads it now; its settings are in force when this returns. */
  read(): void {
    this.take(this.content(), true);
  }

  /** Looks again every so many seconds, without keeping the process alive; returns the end of it. */
  watch(seconds: number): () => void {
    let isBusy = false;
    return everySeconds(seconds, () => {
      if (isBusy) return;
      isBusy = true;
      void this.contentLater().then((content) => {
        isBusy = false;
        this.take(content, false);
      });
    });
  }

  private take(content: Content, isFirst: boolean): void {
    if ('fault' in content) {
      this.say([content.fault]);
      // When it comes back, it is read anew even where it is the same.
      this.last = '';
      return;
    }
    const { text } = content;
    if (text === this.last) return;
    const { settings, mistakes } = settingsDocument(text);
    if (settings === undefined && !isFirst && text !== this.doubtful) {
      this.doubtful = text;
      return;
    }
    this.last = text;
    this.say(mistakes);
    if (settings !== undefined) this.changed(settings);
  }

  private say(faults: readonly string[]): void {
    setNotes(
      subject,
      faults.map((fault) => `${this.path}: ${fault}; the settings stay as they were`),
    );
  }

  private content(): Content {
    if (this.files === undefined) return noFiles;
    try {
      return faultOf(this.files.statSync(this.path)) ?? { text: this.files.readFileSync(this.path, 'utf8') };
    } catch (error) {
      return unreadable(error);
    }
  }

  private async contentLater(): Promise<Content> {
    if (this.files === undefined) return noFiles;
    const { promises } = this.files;
    try {
      return faultOf(await promises.stat(this.path)) ?? { text: await promises.readFile(this.path, 'utf8') };
    } catch (error) {
      return unreadable(error);
    }
  }
}

const noFiles = { fault: 'files can be read with Node 20.16 or later only' };

/** What keeps a file from being read: a pipe or a device would never end. */
function faultOf(state: FileState): Content | undefined {
  if (!state.isFile()) return { fault: 'it is not a regular file' };
  return state.size <= maxBytes ? undefined : { fault: `it has more than ${maxBytes} bytes` };
}

function unreadable(error: unknown): Content {
  const { code } = Object(error) as { readonly code?: unknown };
  return { fault: `it cannot be read (${typeof code === 'string' ? code : 'unknown error'})` };
}
