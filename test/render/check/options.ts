import { parseArgs } from 'node:util';

export interface Options {
  /** Specs whose dashboards are drawn with made-up data. */
  readonly specs: readonly string[];
  /** Dashboards in JSON, drawn with what a running Prometheus has. */
  readonly boards: readonly string[];
  readonly prometheus: string | undefined;
  /** Where pictures and verdicts go. */
  readonly out: string;
  readonly widths: readonly number[];
  readonly themes: readonly ('dark' | 'light')[];
  /** Only dashboards whose name contains this. */
  readonly only: string | undefined;
  /** Whether each panel gets a picture of its own. */
  readonly panels: boolean;
  /** Seconds between two scrapes, of a running Prometheus. */
  readonly scrapeInterval: number;
  readonly from: string | undefined;
}

export const usage = `usage: node test/render/check.mjs [--spec FILE]... | --prometheus URL BOARD.json...
  --out DIR          pictures and verdict.json (default: test/render/dist/pictures)
  --width PIXELS     may be repeated (default: 1280 and 1920)
  --theme THEME      dark or light; may be repeated (default: both)
  --only TEXT        dashboards whose name contains TEXT
  --panels           a picture of each panel as well
  --from TIME        the start of the time range, such as now-5m, instead of the board's own
  --scrape SECONDS   between two scrapes of --prometheus (default: 15)`;

/** Reads the command line; a text says what is wrong with it. */
export function readOptions(args: readonly string[], folder: string): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        spec: { type: 'string', multiple: true, default: [] },
        prometheus: { type: 'string' },
        out: { type: 'string', default: `${folder}/dist/pictures` },
        width: { type: 'string', multiple: true, default: ['1280', '1920'] },
        theme: { type: 'string', multiple: true, default: ['dark', 'light'] },
        only: { type: 'string' },
        panels: { type: 'boolean', default: false },
        scrape: { type: 'string', default: '15' },
        from: { type: 'string' },
      },
    });
    if ((values.prometheus === undefined) !== (positionals.length === 0))
      return `dashboards in files and --prometheus go together\n${usage}`;
    const themes = values.theme.filter((theme) => theme === 'dark' || theme === 'light');
    const widths = values.width.map(Number);
    if (themes.length !== values.theme.length || !widths.every((width) => width >= 400)) return usage;
    return {
      specs: positionals.length > 0 || values.spec.length > 0 ? values.spec : ['observability.yaml'],
      boards: positionals,
      prometheus: values.prometheus,
      out: values.out,
      widths,
      themes,
      only: values.only,
      panels: values.panels,
      scrapeInterval: Number(values.scrape),
      from: values.from,
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
}
