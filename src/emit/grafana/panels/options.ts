import { lastValue } from './frame.js';

/** How Grafana's stat panel draws one number, Grafana's own defaults written out. */
export function statOptions(colorMode: 'value' | 'background', graphMode: 'none' | 'area'): object {
  return {
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
