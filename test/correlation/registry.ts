import type { Telemetry } from '../../src/runtime/index.js';

/** What the page says beyond what it said at first. */
export interface Registry {
  /** Waits until a line stands there whose value has grown by the one in `line`, or is it where it was 0. */
  says(line: string): Promise<void>;
}

async function page(telemetry: Telemetry): Promise<Map<string, number>> {
  const { body } = await telemetry.scrape();
  const lines = new TextDecoder().decode(body).split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
  );
}

/** Remembers the page, so that tests do not see each other's counts. */
export async function remember(telemetry: Telemetry): Promise<Registry> {
  const before = await page(telemetry);
  return {
    async says(line) {
      const space = line.lastIndexOf(' ');
      const name = line.slice(0, space);
      const wanted = Number(line.slice(space + 1));
      let now = Number.NaN;
      const isThere = async (): Promise<boolean> => {
        now = (await page(telemetry)).get(name) ?? 0;
        return now - (before.get(name) ?? 0) === wanted;
      };
      const end = Date.now() + 120_000;
      while (!(await isThere())) {
        if (Date.now() > end) throw new Error(`${name} is ${now}, and was ${before.get(name) ?? 0}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
