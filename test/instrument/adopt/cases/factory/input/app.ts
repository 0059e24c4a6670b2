import { Counter, type CounterConfiguration } from 'prom-client';

const createCounter = <T extends string>(configuration: CounterConfiguration<T>): Counter<T> =>
  new Counter<T>(configuration);

const starts = createCounter({ name: 'starts_total', help: 'Starts of the service.' });
starts.inc();
