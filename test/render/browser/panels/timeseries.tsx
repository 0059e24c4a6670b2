import type { DataFrame, PanelProps } from '@grafana/data';
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { TimeSeries, type UPlotConfigBuilder } from '@grafana/ui';
import { useMemo } from 'react';
import { theme } from '../theme.js';
import { Empty } from './empty.js';

interface Options {
  readonly legend?: VizLegendOptions;
}

const noLegend: VizLegendOptions = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};

/** Draws the marks of annotations: Grafana's own belong to its core. */
function drawAnnotations(builder: UPlotConfigBuilder, annotations: readonly DataFrame[]): void {
  const marks = annotations.flatMap(({ fields }) => {
    const times = fields.find(({ name }) => name === 'time')?.values ?? [];
    const colours = fields.find(({ name }) => name === 'color')?.values ?? [];
    return times.map((time: number, index: number) => ({ time, colour: String(colours[index] ?? 'blue') }));
  });
  builder.addHook('draw', (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.setLineDash([4, 3]);
    for (const { time, colour } of marks) {
      const x = plot.valToPos(time, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = theme.visualization.getColorByName(colour);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  });
}

export function TimeSeriesPanel(props: PanelProps<Options>): React.JSX.Element {
  const { data, width, height, timeRange, timeZone, options } = props;
  // The chart writes into the state of the fields, which other panels share.
  const frames = useMemo(
    () =>
      data.series.map((frame) => ({
        ...frame,
        fields: frame.fields.map((field) => ({ ...field, state: { ...field.state } })),
      })),
    [data.series],
  );
  if (frames.length === 0) return <Empty />;
  return (
    <TimeSeries
      frames={frames}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={options.legend ?? noLegend}
      options={options}
    >
      {(builder) => {
        drawAnnotations(builder, data.annotations ?? []);
        return null;
      }}
    </TimeSeries>
  );
}
