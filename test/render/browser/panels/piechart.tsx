import { formattedValueToString, type FieldDisplay, type PanelProps } from '@grafana/data';
import { LegendDisplayMode, type LegendPlacement } from '@grafana/schema';
import { VizLayout, VizLegend, type VizLegendItem } from '@grafana/ui';
import { theme } from '../theme.js';
import { Empty } from './empty.js';
import { displayValues, type SingleValueOptions } from './values.js';

interface Options extends SingleValueOptions {
  readonly pieType?: 'pie' | 'donut';
  readonly legend?: {
    readonly displayMode?: LegendDisplayMode;
    readonly placement?: LegendPlacement;
    readonly values?: readonly ('percent' | 'value')[];
  };
}

interface Slice {
  readonly value: FieldDisplay;
  readonly from: number;
  readonly to: number;
}

function slices(values: readonly FieldDisplay[]): readonly Slice[] {
  const amounts = values.map(({ display }) => Math.max(0, display.numeric || 0));
  const whole = amounts.reduce((sum, each) => sum + each, 0);
  let from = 0;
  return values.map((value, index) => {
    const to = from + (whole === 0 ? 0 : (amounts[index] ?? 0) / whole);
    const slice = { value, from, to };
    from = to;
    return slice;
  });
}

/** A ring's part as a dash of its circle. */
function Ring({
  slices: all,
  size,
  thick,
}: {
  slices: readonly Slice[];
  size: number;
  thick: number;
}): React.JSX.Element {
  const radius = size / 2 - thick / 2;
  const round = 2 * Math.PI * radius;
  return (
    <svg width={size} height={size} style={{ display: 'block', margin: 'auto' }}>
      {all.map(({ value, from, to }, index) => (
        <circle
          key={index}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          fill="none"
          stroke={value.display.color ?? theme.colors.text.primary}
          strokeWidth={thick}
          strokeDasharray={`${(to - from) * round} ${round}`}
          strokeDashoffset={-from * round}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      ))}
    </svg>
  );
}

/** Shares of a whole: a plain ring, since Grafana's is not published, with Grafana's legend. */
export function PieChartPanel(props: PanelProps<Options>): React.JSX.Element {
  const { options, width, height } = props;
  const all = slices(displayValues(props));
  if (all.length === 0) return <Empty />;
  const {
    placement = 'right',
    displayMode = LegendDisplayMode.Table,
    values = ['percent'],
  } = options.legend ?? {};
  const items = all.map(({ value: { display }, from, to }): VizLegendItem => ({
    label: display.title ?? '',
    color: display.color ?? '',
    yAxis: 1,
    getDisplayValues: () =>
      values.map((kind) =>
        kind === 'percent'
          ? { numeric: to - from, text: `${Math.round((to - from) * 100)}%`, title: 'Percent' }
          : { numeric: display.numeric, text: formattedValueToString(display), title: 'Value' },
      ),
  }));
  return (
    <VizLayout
      width={width}
      height={height}
      legend={
        <VizLayout.Legend placement={placement} maxHeight="35%" maxWidth="60%">
          <VizLegend placement={placement} items={items} displayMode={displayMode} isSortable={true} />
        </VizLayout.Legend>
      }
    >
      {(innerWidth, innerHeight) => {
        const size = Math.min(innerWidth, innerHeight);
        return <Ring slices={all} size={size} thick={options.pieType === 'pie' ? size / 2 : size / 4} />;
      }}
    </VizLayout>
  );
}
