import {
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type Field,
  type PanelProps,
} from '@grafana/data';
import { LegendDisplayMode } from '@grafana/schema';
import { VizLayout, VizLegend, type VizLegendItem } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { theme } from '../theme.js';
import { Empty } from './empty.js';
import { margin, startDrawing } from './time-axis.js';

interface Row {
  readonly name: string;
  readonly field: Field;
  readonly times: readonly number[];
}

function shown(field: Field, value: unknown): { readonly text: string; readonly colour: string } {
  const display = field.display?.(value);
  if (display === undefined) return { text: String(value), colour: theme.colors.text.primary };
  return { text: formattedValueToString(display), colour: display.color ?? theme.colors.text.primary };
}

function draw(canvas: HTMLCanvasElement, rows: readonly Row[], props: PanelProps): void {
  const drawing = startDrawing(canvas, props);
  if (drawing === undefined) return;
  const { context, x, height } = drawing;
  const row = height / rows.length;
  rows.forEach(({ name, field, times }, index) => {
    field.values.forEach((value: unknown, at: number) => {
      if (value === null || value === undefined) return;
      const start = times[at] ?? 0;
      const end = times[at + 1] ?? props.timeRange.to.valueOf();
      context.fillStyle = shown(field, value).colour;
      context.globalAlpha = 0.7;
      context.fillRect(x(start), index * row + row * 0.05, x(end) - x(start) + 0.5, row * 0.9);
      context.globalAlpha = 1;
    });
    context.fillStyle = theme.colors.text.primary;
    context.fillText(name, 4, index * row + row / 2 + 4, margin.left - 8);
  });
}

function StatesCanvas(props: PanelProps & { readonly rows: readonly Row[] }): React.JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, props.rows, props);
  });
  return <canvas ref={canvas} style={{ display: 'block' }} />;
}

/** States over time: plain bars, since Grafana's timeline is not published, with Grafana's legend. */
export function StateTimelinePanel(props: PanelProps): React.JSX.Element {
  const rows = props.data.series.flatMap((frame) => {
    const times = (frame.fields.find(({ type }) => type === FieldType.time)?.values ?? []) as number[];
    return frame.fields
      .filter(({ type }) => type !== FieldType.time)
      .map((field): Row => ({ name: getFieldDisplayName(field, frame, props.data.series), field, times }));
  });
  if (rows.length === 0) return <Empty />;
  const states = new Map(
    rows.flatMap(({ field }) => field.values.map((value: unknown) => [value, field] as const)),
  );
  const items = [...states].map(([value, field]): VizLegendItem => {
    const { text, colour } = shown(field, value);
    return { label: text, color: colour, yAxis: 1 };
  });
  const unique = [...new Map(items.map((item) => [item.label, item])).values()];
  return (
    <VizLayout
      width={props.width}
      height={props.height}
      legend={
        <VizLayout.Legend placement="bottom" maxHeight="35%">
          <VizLegend placement="bottom" items={unique} displayMode={LegendDisplayMode.List} />
        </VizLayout.Legend>
      }
    >
      {(width, height) => <StatesCanvas {...props} width={width} height={height} rows={rows} />}
    </VizLayout>
  );
}
