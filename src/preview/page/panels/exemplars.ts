import uPlot from 'uplot';
import type { Exemplar } from '../query/prometheus.js';

/** Grafana's colour of single observations. */
const colour = 'rgba(255, 0, 255, 0.7)';

/** A small square for each single observation, where it was and when; those beyond the axis stand at its end. */
export function drawExemplars(chart: uPlot, scale: string, exemplars: readonly Exemplar[]): void {
  const { max, min } = chart.scales[scale] ?? {};
  if (exemplars.length === 0 || max == null || min == null) return;
  const { ctx, bbox } = chart;
  const half = 3 * uPlot.pxRatio;
  ctx.save();
  ctx.fillStyle = colour;
  for (const { timestamp, value } of exemplars) {
    const x = chart.valToPos(timestamp * 1000, 'x', true);
    const y = chart.valToPos(Math.min(Math.max(Number(value), min), max), scale, true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.translate(x, y);
    ctx.rotate(Math.PI / 4);
    ctx.fillRect(-half, -half, 2 * half, 2 * half);
    ctx.rotate(-Math.PI / 4);
    ctx.translate(-x, -y);
  }
  ctx.restore();
}
