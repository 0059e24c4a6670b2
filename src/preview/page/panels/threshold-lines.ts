import uPlot from 'uplot';
import type { ThresholdStep } from '../board.js';
import { colourOf, withAlpha, type Theme } from '../format/colours.js';

/**
 * Draws the limits of an axis: a line at each step, whole or dashed, and the area that belongs to it.
 * @param mode Grafana's: `line`, `dashed`, `area`, `line+area`, `dashed+area`
 */
export function drawThresholds(
  chart: uPlot,
  scale: string,
  steps: readonly ThresholdStep[],
  mode: string,
  theme: Theme,
): void {
  const { ctx, bbox } = chart;
  const { min, max } = chart.scales[scale] ?? {};
  // A scale without data has neither.
  if (min == null || max == null) return;
  const ratio = uPlot.pxRatio;
  const y = (value: number): number => chart.valToPos(Math.min(Math.max(value, min), max), scale, true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (mode.includes('area')) {
    steps.forEach((step, index) => {
      const bottom = y(step.value ?? min);
      const top = y(steps[index + 1]?.value ?? max);
      if (step.color === 'transparent' || bottom - top <= 0) return;
      ctx.fillStyle = withAlpha(colourOf(step.color, theme), 0.08);
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
    });
  }
  if (mode.includes('line') || mode.includes('dashed')) {
    ctx.lineWidth = 2 * ratio;
    if (mode.includes('dashed')) ctx.setLineDash([10 * ratio, 10 * ratio]);
    for (const { color, value } of steps) {
      if (value === null || value < min || value > max) continue;
      ctx.strokeStyle = withAlpha(colourOf(color, theme), 0.7);
      const at = Math.round(y(value));
      ctx.beginPath();
      ctx.moveTo(bbox.left, at);
      ctx.lineTo(bbox.left + bbox.width, at);
      ctx.stroke();
    }
  }
  ctx.restore();
}
