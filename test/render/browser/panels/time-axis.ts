import { dateTimeFormat, type PanelProps } from '@grafana/data';
import { theme } from '../theme.js';

/** The pixels at the left and the bottom of a drawing that its labels take. */
export const margin = { left: 64, bottom: 20 };

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  /** The pixel of a time in milliseconds. */
  readonly x: (time: number) => number;
  readonly height: number;
}

/** Clears a canvas, sizes it, and writes the times below. */
export function startDrawing(
  canvas: HTMLCanvasElement,
  { width, height, timeRange }: Pick<PanelProps, 'width' | 'height' | 'timeRange'>,
): Drawing | undefined {
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  canvas.width = width;
  canvas.height = height;
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const x = (time: number): number => margin.left + ((time - from) / (to - from)) * (width - margin.left);
  context.font = '11px Inter, sans-serif';
  context.fillStyle = theme.colors.text.secondary;
  const count = Math.max(2, Math.floor((width - margin.left) / 90));
  for (let index = 1; index < count; index++) {
    const time = from + ((to - from) * index) / count;
    const text = dateTimeFormat(time, { format: 'HH:mm', timeZone: 'utc' });
    context.fillText(text, x(time) - context.measureText(text).width / 2, height - 5);
  }
  return { context, x, height: height - margin.bottom };
}
