/** What the runtime counts about itself: series that every service with helpers exposes, without declaring them. */
export const ownSeries: ReadonlySet<string> = new Set([
  'obsgen_dropped_total',
  'obsgen_label_overflow_total',
  'obsgen_members',
  'obsgen_members_ended_total',
  'obsgen_signals_lost_total',
]);
