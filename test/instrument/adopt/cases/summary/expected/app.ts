import { Counter, Summary } from 'prom-client';
import { metrics } from './generated/metrics.js';

export const sizes = new Summary({ name: 'answer_bytes', help: 'Sizes.', percentiles: [0.5] });
export const starts = metrics.startsTotal;
export const other = new Counter({ name: 'not_in_the_spec_total', help: 'Other.' });
