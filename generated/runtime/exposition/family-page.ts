// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { isLive } from '../metrics/family.js';
import type { Family } from '../metrics/family.js';
import { shared } from '../shared.js';
import { Block } from './block.js';
import type { BlockText } from './block.js';
import { ByteText } from './byte-text.js';
import type { PageForm } from './page-form.js';
import { RowChanges } from './row-changes.js';
import type { ChangedRows } from './row-changes.js';
import { appendHeader, RowText } from './row-text.js';

/** Lines of a block: so few that a value which got wider moves little, and so many that there are few blocks. */
const linesPerBlock = 512;

/** How many forms of one metric are kept: Prometheus asks for one, a person with curl for another. */
const maxForms = 2;

/** The rows of a block that have changed; no block has more. */
const changedRows = new Int32Array(linesPerBlock);

/**
 * The text of one metric in one form, kept from page to page, so that only what has changed is written. Costs about 15 bytes for each
 * line beside the text itself.
 */
export class FamilyPage {
  readonly family: Family;
  readonly header: Uint8Array;
  readonly changed: ChangedRows;
  private readonly rowText: RowText;
  private readonly changes: RowChanges;
  /** Rows of a block, as a power of two, and at least the four of a word. */
  private readonly shift: number;
  private blocks: (Block | undefined)[] = [];
  private generation = -1;
  private readonly isLive: (row: number) => boolean;

  constructor(family: Family, form: PageForm, changes: RowChanges) {
    this.family = family;
    this.rowText = new RowText(family, form);
    this.changes = changes;
    this.changed = changes.subscribe();
    this.shift = Math.max(2, Math.floor(Math.log2(linesPerBlock / this.rowText.lines)));
    this.isLive = (row) => isLive(family, row);
    const header = new ByteText();
    appendHeader(header, family, form.openMetrics);
    this.header = header.toBytes();
  }

  /** Finds out what has changed; returns how many blocks there are to update. */
  begin(): number {
    const { family } = this;
    this.changes.collect(family);
    if (this.generation !== family.generation) {
      this.generation = family.generation;
      this.blocks = [];
    }
    const { rowCount } = family;
    return rowCount === 0 ? 0 : ((rowCount - 1) >> this.shift) + 1;
  }

  /** Whether rows have changed their labels since `begin`, so that it has to be called again. */
  get isOutdated(): boolean {
    return this.generation !== this.family.generation;
  }

  /** Brings one block up to date. Where that fails, as it may for want of memory, all is written anew the next time. */
  update(index: number): void {
    try {
      this.updateBlock(index);
    } catch (error) {
      this.blocks = [];
      this.changed.flags.fill(1);
      throw error;
    }
  }

  /** How many bytes all rows take as they are. */
  get sampleBytes(): number {
    let size = 0;
    this.forEachBlock(({ length }) => {
      size += length;
    });
    return size;
  }

  /** Hands out the rows block by block; they change once the caller gives way to others, unless they are borrowed. */
  forEachBlock(take: (text: BlockText) => void): void {
    for (const block of this.blocks) if (block !== undefined && block.text.length > 0) take(block.text);
  }

  private updateBlock(index: number): void {
    const { shift, blocks, rowText, family } = this;
    let block = blocks[index];
    const count = this.takeChanged(block, index);
    if (count === 0) return;
    if (count > 0) {
      block?.renew(changedRows, count);
      return;
    }
    if (block === undefined) blocks[index] = block = new Block(rowText, index << shift, 1 << shift);
    block.rearrange(family.rowCount, this.isLive);
  }

  /** Lists the rows of a block that have changed; returns how many, or -1 where one came or went. */
  private takeChanged(block: Block | undefined, index: number): number {
    const { shift, changed } = this;
    const { flags, words } = changed;
    const end = Math.min((index + 1) << (shift - 2), words.length);
    let count = 0;
    let isSame = true;
    for (let word = index << (shift - 2); word < end; word += 1) {
      if (words[word] === 0) continue;
      for (let row = word << 2; row < (word + 1) << 2; row += 1) {
        if (flags[row] === 0) continue;
        const isShown = this.isLive(row);
        if (isShown !== (block?.shows(row) ?? false)) isSame = false;
        else if (isShown) changedRows[count++] = row;
      }
      words[word] = 0;
    }
    return isSame ? count : -1;
  }
}

/** What is kept of a metric. */
interface Kept {
  readonly changes: RowChanges;
  /** What was used last stands last. */
  readonly forms: Map<string, FamilyPage>;
}

const kept = shared('family pages', () => new WeakMap<Family, Kept>());

/** What shows the rows under a former name learns of changes together with what shows them under the name of now. */
function keptOf(family: Family): Kept {
  const own = kept.get(family);
  if (own !== undefined) return own;
  const { rowsOf } = family;
  const made: Kept = {
    changes: rowsOf === undefined ? new RowChanges() : keptOf(rowsOf).changes,
    forms: new Map(),
  };
  kept.set(family, made);
  return made;
}

/** The text of a metric in a form, as it was when it was last shown. */
export function familyPage(family: Family, form: PageForm): FamilyPage {
  const { changes, forms } = keptOf(family);
  const page = forms.get(form.key) ?? new FamilyPage(family, form, changes);
  forms.delete(form.key);
  forms.set(form.key, page);
  for (const [key, { changed }] of forms) {
    if (forms.size <= maxForms) break;
    changes.unsubscribe(changed);
    forms.delete(key);
  }
  return page;
}
