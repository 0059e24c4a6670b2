import { Counter, Summary } from 'prom-client';

export const sizes = new Summary({ name: 'answer_bytes', help: 'Sizes.', percentiles: [0.5] });
export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const other = new Counter({ name: 'not_in_the_spec_total', help: 'Other.' });
