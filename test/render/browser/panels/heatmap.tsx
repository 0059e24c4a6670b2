import { formattedValueToString, getValueFormat, type DataFrame, type PanelProps } from '@grafana/data';
import { useEffect, useRef } from 'react';
import { theme } from '../theme.js';
import { Empty } from './empty.js';
import { margin, startDrawing } from './time-axis.js';

interface Options {
  readonly yAxis?: { readonly unit?: string; readonly decimals?: number };
  readonly filterValues?: { readonly le?: number };
}

const ramp = ['#3d1c00', '#6b3400', '#9a4e00', '#c96a00', '#ff9830', '#ffdcae'];

/** The upper bound of a bucket, as the axis says it. */
function boundText(name: string, { unit = 'short', decimals }: NonNullable<Options['yAxis']>): string {
  const value = Number(name);
  return Number.isFinite(value) ? formattedValueToString(getValueFormat(unit)(value, decimals)) : name;
}

function draw(canvas: HTMLCanvasElement, frame: DataFrame, props: PanelProps<Options>): void {
  const drawing = startDrawing(canvas, props);
  const [times, ...buckets] = frame.fields;
  if (drawing === undefined || times === undefined) return;
  const { context, x, height } = drawing;
  const least = props.options.filterValues?.le ?? 0;
  const most = Math.max(...buckets.flatMap(({ values }) => values as number[]));
  const row = height / buckets.length;
  const step =
    ((times.values[1] as number | undefined) ?? 0) - ((times.values[0] as number | undefined) ?? 0);
  const cell = Math.max(1, x(step) - x(0) - 1);
  buckets.forEach(({ values, name }, index) => {
    const top = height - (index + 1) * row;
    values.forEach((value: number, at: number) => {
      if (value <= least) return;
      const strength = Math.floor(Math.sqrt(value / most) * (ramp.length - 0.001));
      context.fillStyle = ramp[strength] ?? '';
      context.fillRect(x(times.values[at] as number), top, cell, row - 1);
    });
    const stride = Math.ceil(14 / row);
    if (index % stride !== 0) return;
    context.fillStyle = theme.colors.text.secondary;
    context.fillText(boundText(name, props.options.yAxis ?? {}), 4, top + row / 2 + 4, margin.left - 8);
  });
}

/** Buckets over time: a plain canvas, since Grafana's heatmap is not published. */
export function HeatmapPanel(props: PanelProps<Options>): React.JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frame] = props.data.series;
  useEffect(() => {
    if (canvas.current !== null && frame !== undefined) draw(canvas.current, frame, props);
  });
  if (frame === undefined || frame.fields.length < 2) return <Empty />;
  return <canvas ref={canvas} />;
}
