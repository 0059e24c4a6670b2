/**
 * The dashboards of a spec as a local web page. Tests and scripts start it from the sources, without a build, with `startTestPreview`
 * of test/support/preview.ts: it compiles the page into a folder of its own.
 */
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import type { PrometheusAddress } from './prometheus/address.js';
import type { sampleOf } from './sample/index.js';
import { assetsIn } from './server/assets.js';
import { PreviewServer } from './server/server.js';
import { Show, type PreviewSpec } from './server/show.js';
import type { PreviewState } from './server/state.js';

export { prometheusAddress, type PrometheusAddress } from './prometheus/address.js';
export { defaultPort } from './server/listen.js';
export type { PreviewSpec } from './server/show.js';
export type { PreviewState } from './server/state.js';

export interface PreviewOptions extends PreviewSpec {
  /** A Prometheus that runs; undefined: made-up data. */
  readonly prometheus?: PrometheusAddress | undefined;
  /** The end of made-up data in seconds since 1970; the last full minute where it is left out. */
  readonly now?: number | undefined;
  /** Another number makes up other data. */
  readonly seed?: number | undefined;
  /** Makes the data up; that of src/preview/sample where it is left out. */
  readonly sampleOf?: typeof sampleOf | undefined;
  /** 0: any that is free; undefined: 9899, or the next that is free. */
  readonly port?: number | undefined;
  /** Where the page's compiled modules and its other files stand; those of the installation where it is left out. */
  readonly page?: readonly string[] | undefined;
  /** Where programs are looked for; the process's own where it is left out. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Told of faults of obs-gen while a request was answered. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** A preview that is being served. */
export interface Preview {
  /** With a trailing slash. */
  readonly url: string;
  /** Resolves when all data is there, or it is known why there is none; never rejects. */
  readonly ready: Promise<void>;
  /** What the page is told. */
  state(): PreviewState;
  /** Shows another state of the spec; resolves when there is data for it as well. */
  update(spec: PreviewSpec): Promise<void>;
  /** Ends everything that was started, and removes what was written. */
  close(): Promise<void>;
}

const minute = 60;

/**
 * Serves the preview on loopback. The page and the list of dashboards are there at once; queries wait until there is data.
 * @throws the system's error where the port cannot be listened on
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const running: { server?: PreviewServer } = {};
  const show = new Show(
    {
      prometheus: options.prometheus,
      now: options.now ?? Math.floor(Date.now() / 1000 / minute) * minute,
      seed: options.seed,
      sampleOf: options.sampleOf,
      env: options.env ?? process.env,
    },
    (generation) => running.server?.tell(generation),
  );
  const ready = show.show(options);
  try {
    running.server = await PreviewServer.start({
      content: show,
      assets: assetsIn(options.page ?? [join(packageRoot, 'dist', 'preview', 'page')]),
      port: options.port,
      onFault: options.onFault ?? (() => undefined),
    });
  } catch (error) {
    await show.data.close();
    throw error;
  }
  const { server } = running;
  return {
    url: server.url,
    ready,
    state: () => show.state(),
    update: (spec) => show.show(spec),
    async close() {
      await server.close();
      await show.data.close();
    },
  };
}
