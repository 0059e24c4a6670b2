// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import type { Family } from '../metrics/family.js';
import { ByteText } from './byte-text.js';
import { Turn } from './turn.js';
import { familyPage } from './family-page.js';
import type { FamilyPage } from './family-page.js';
import { appendForeign } from './foreign-text.js';
import { readForeignMetrics } from './foreign-metrics.js';
import type { ForeignReading } from './foreign-metrics.js';
import type { Page } from './page.js';
import { isRegistryMetric } from './registry-metric.js';
import { currentRegistry } from './registry.js';
import type { MetricRegistry } from './registry.js';
import { shownFamilies } from './shown.js';

/** After so long others have their turn on the event loop. */
const turnSeconds = 0.002;

/** Prometheus waits 10 s for a page by default. */
const foreignSeconds = 5;

/** After so many beginnings the rest of a metric is written without giving way, since its rows keep changing their labels. */
const maxBeginnings = 3;

/** How much text of a foreign metric is gathered before it goes to the page. */
const foreignBytes = 1 << 16;

/** Writes a page: the metrics that are shown, and then those that the program has put into the registry itself. Never rejects. */
export async function writePage(page: Page): Promise<void> {
  try {
    const registry = currentRegistry();
    const foreign = readForeignMetrics(registry, foreignSeconds);
    const turn = new Turn(turnSeconds);
    const names = new Set<string>();
    for (const family of await shownFamilies()) {
      if (names.has(family.name) || isTaken(registry, family.name)) continue;
      names.add(family.name);
      await writeFamily(page, family, turn);
      if (page.giveUpUnread()) return;
    }
    for (const reading of foreign) {
      const found = await reading;
      if (found !== undefined) await writeForeign(page, found, turn);
      if (page.giveUpUnread()) return;
    }
    if (page.form.openMetrics) page.add(new ByteText().text('# EOF\n').toBytes());
    page.end();
  } catch (error) {
    diag.warn('the metrics could not be shown', error);
    page.fail(error);
  }
}

/** Whether the registry holds a metric of that name which is not ours. */
function isTaken(registry: MetricRegistry, name: string): boolean {
  try {
    const holder = registry.getSingleMetric(name);
    return typeof holder === 'object' && holder !== null && !isRegistryMetric(holder);
  } catch {
    // A registry that cannot answer shows nothing that could be shown twice.
    return false;
  }
}

async function writeFamily(page: Page, family: Family, turn: Turn): Promise<void> {
  try {
    family.refresh();
    const text = familyPage(family, page.form);
    for (let beginning = 1; ; beginning += 1) {
      await updateBlocks(text, page, beginning <= maxBeginnings ? turn : undefined);
      if (page.giveUpUnread() || !text.isOutdated) break;
    }
    if (page.giveUpUnread()) return;
    page.add(text.header);
    text.forEachBlock((block) => {
      page.borrow(block);
    });
  } catch (error) {
    countDrop(family.name, 'internal_error');
    diag.warn(`metric ${family.name} could not be shown`, error);
  }
}

async function updateBlocks(text: FamilyPage, page: Page, turn: Turn | undefined): Promise<void> {
  const blocks = text.begin();
  for (let index = 0; index < blocks; index += 1) {
    text.update(index);
    if (turn?.isOver !== true) continue;
    await turn.next();
    if (page.giveUpUnread() || text.isOutdated) return;
  }
}

async function writeForeign(page: Page, reading: ForeignReading, turn: Turn): Promise<void> {
  const out = new ByteText(foreignBytes);
  let whole = 0;
  try {
    const samples = appendForeign(out, reading, page.form);
    while (samples.next().done !== true) {
      if (out.length >= foreignBytes) {
        page.add(out.toBytes());
        out.length = 0;
      }
      whole = out.length;
      if (!turn.isOver) continue;
      await turn.next();
      if (page.giveUpUnread()) return;
    }
  } catch (error) {
    countDrop(reading.name, 'internal_error');
    diag.warn(`metric ${reading.name} could not be shown whole`, error);
    // Of the sample that failed a part may stand there.
    out.length = whole;
  }
  page.add(out.toBytes());
}
