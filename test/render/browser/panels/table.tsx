import { cacheFieldDisplayNames, type PanelProps } from '@grafana/data';
import type { TableCellHeight } from '@grafana/schema';
import { TableNG } from '@grafana/ui/unstable';
import { Empty } from './empty.js';

interface Options {
  readonly cellHeight?: TableCellHeight;
  readonly showHeader?: boolean;
  readonly sortBy?: { displayName: string; desc?: boolean }[];
}

export function TablePanel(props: PanelProps<Options>): React.JSX.Element {
  const { data, width, height, options, fieldConfig, timeRange } = props;
  // The table finds columns by the names that the page shows.
  cacheFieldDisplayNames(data.series);
  const [frame] = data.series;
  if (frame === undefined || frame.length === 0) return <Empty />;
  return (
    <TableNG
      data={frame}
      width={width}
      height={height}
      noHeader={options.showHeader === false}
      sortBy={options.sortBy ?? []}
      cellHeight={options.cellHeight ?? ('sm' as TableCellHeight)}
      fieldConfig={fieldConfig}
      timeRange={timeRange}
      getActions={() => []}
    />
  );
}
