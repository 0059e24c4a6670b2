import { lastValue } from './frame.js';

/** Pixels. An amount of seven characters in it fits into the narrowest panel that we lay out. */
const amountSize = 40;

/**
 * How Grafana's stat panel draws one number, Grafana's own defaults written out. Grafana makes a number as large as the panel has room, and
 * forgets the sign of a currency before it: amounts have a size, or their last digit would be cut off.
 */
export function statOptions(
  colorMode: 'value' | 'background',
  graphMode: 'none' | 'area',
  unit?: string,
): object {
  const isAmount = unit?.startsWith('currency') === true;
  return {
    ...(isAmount && { text: { valueSize: amountSize } }),
    colorMode,
    graphMode,
    justifyMode: 'auto',
    orientation: 'auto',
    percentChangeColorMode: 'standard',
    reduceOptions: lastValue(),
    showPercentChange: false,
    textMode: 'auto',
    wideLayout: true,
  };
}

/** How Grafana's gauge panel draws a dial. */
export function dialOptions(): object {
  return {
    minVizHeight: 75,
    minVizWidth: 75,
    orientation: 'auto',
    reduceOptions: lastValue(),
    showThresholdLabels: false,
    showThresholdMarkers: true,
    sizing: 'auto',
  };
}
