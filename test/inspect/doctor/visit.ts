import { onTestFinished } from 'vitest';
import { checks } from '../../../src/inspect/doctor/checks/index.js';
import type { Credentials } from '../../../src/inspect/doctor/credentials.js';
import { usualRequest, type ServiceRequest } from '../../../src/inspect/doctor/journey.js';
import type { Place, PlaceName } from '../../../src/inspect/doctor/places.js';
import { Examination, type Answered } from '../../../src/inspect/doctor/run.js';
import type { Outcome } from '../../../src/inspect/doctor/verdict.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';
import { FakePart, type Routes } from './fake-part.js';

/** A service whose requests are counted, traced and logged, with an objective and an alert of its own. */
export const spec = `
version: 1
service: { name: shop, owner: team, runbooks: https://runbooks.example.com, selector: { job: shop } }
presets: [http]
target:
  prometheus: { version: "2.42", scrapeInterval: 1s, evaluationInterval: 1s, retention: 45d }
slis:
  availability: { events: { total: http_server_requests_total, bad: 'http_server_requests_total{status_class="5xx"}' } }
slos:
  availability: { sli: availability, objective: 99, period: 30d }
stack:
  metrics: {}
  alertmanager:
    page: { webhook: { url: "http://127.0.0.1:9/page" } }
    ticket: { webhook: { url: "http://127.0.0.1:9/ticket" } }
    deadMansSwitch: { webhook: { url: "http://127.0.0.1:9/heartbeat" } }
`;

let known: Model | undefined;

/** The model of `spec`. */
export function shop(): Model {
  return (known ??= modelOf(spec));
}

/** Where parts are, for a test. */
export type Addresses = Readonly<Partial<Record<PlaceName, string>>>;

export interface VisitOptions {
  readonly model?: Model;
  readonly wait?: number;
  readonly credentials?: Credentials;
  readonly request?: ServiceRequest;
  readonly place?: Partial<Place>;
}

/** Asks some checks of some parts; the outcomes by id. */
export async function visit(
  addresses: Addresses,
  ids: readonly string[],
  options: VisitOptions = {},
): Promise<Readonly<Record<string, Outcome>>> {
  return Object.fromEntries(
    (await visitAll(addresses, ids, options)).map(({ check, outcome }) => [check.id, outcome]),
  );
}

/** The same, in the order of the report. */
export function visitAll(
  addresses: Addresses,
  ids: readonly string[] = checks.map(({ id }) => id),
  { model = shop(), wait = 0.3, credentials = {}, request = usualRequest, place = {} }: VisitOptions = {},
): Promise<readonly Answered[]> {
  const places = new Map(
    (Object.entries(addresses) as [PlaceName, string][]).map(([name, url]): [PlaceName, Place] => [
      name,
      { name, url, authorization: undefined, ended: undefined, isLocal: false, from: 'a test', ...place },
    ]),
  );
  return new Examination({ model, places, credentials, request, wait }, checks).run(ids);
}

/** The outcome of one check. */
export async function ask(addresses: Addresses, id: string, options: VisitOptions = {}): Promise<Outcome> {
  const outcome = (await visit(addresses, [id], options))[id];
  if (outcome === undefined) throw new Error(`there is no check ${id}`);
  return outcome;
}

/** A part that is gone when the test ends. */
export async function part(routes: Routes): Promise<FakePart> {
  const fake = await FakePart.start(routes);
  onTestFinished(() => fake.close());
  return fake;
}

/** An address on loopback where nobody listens any more. */
export async function nobody(): Promise<string> {
  const fake = await FakePart.start({});
  await fake.close();
  return fake.url;
}
