import type uPlot from 'uplot';

/** Placeholder of the entry. */
export type Chart = uPlot;
