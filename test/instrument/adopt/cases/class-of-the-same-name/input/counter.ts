import { Gauge } from 'prom-client';

export class Counter {
  constructor(readonly options: { readonly name: string }) {}
}
export const depth = new Gauge({ name: 'other_depth', help: 'Another.' });
