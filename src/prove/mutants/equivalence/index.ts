export { needlessClamp, needlessFactor, needlessGuard, needlessZero } from './guards.js';
export { needlessLabel } from './labels.js';
export { needlessMatcher } from './matchers.js';
export { needlessAggregation, onlyWhetherAny, scaledWithinQuantile, tellsNoNumber } from './values.js';
export { haveSamePresence, needlessCount, onlyPresence } from './presence.js';
