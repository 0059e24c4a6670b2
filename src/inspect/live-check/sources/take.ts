import type { LiveCheck } from '../live-check.js';
import { OtlpRequests } from '../otlp/requests.js';
import type { Taker } from './receiver.js';

/** Hands what listeners receive to a check. */
export function takerOf(check: LiveCheck): Taker & { readonly hasAny: boolean } {
  const requests = new OtlpRequests(check);
  let hasAny = false;
  return {
    get hasAny() {
      return hasAny;
    },
    take(_signal, request, from) {
      if (requests.add(request, { path: from, line: 1 })) hasAny = true;
    },
    refuse(from, reason) {
      check.note('OBS6003', `${from} ${reason.slice(0, 100)}`, () => ({
        message: `a request to ${from} was refused: ${reason}`,
        range: undefined,
        help: 'OTLP is sent to it over HTTP as protobuf or JSON, packed by gzip or not, or over gRPC',
      }));
    },
  };
}
