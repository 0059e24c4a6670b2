import { formattedValueToString, VizOrientation, type FieldDisplay, type PanelProps } from '@grafana/data';
import { VizRepeater } from '@grafana/ui';
import { theme } from '../theme.js';
import { displayValues, type SingleValueOptions } from './values.js';

/** A point on the dial. @param share 0 to 1, from the left end over the top to the right end */
function point(share: number, radius: number): string {
  const angle = Math.PI * (1.25 - 1.5 * share);
  return `${(50 + radius * Math.cos(angle)).toFixed(2)} ${(50 - radius * Math.sin(angle)).toFixed(2)}`;
}

function arc(from: number, to: number, radius: number): string {
  const large = (to - from) * 1.5 > 1 ? 1 : 0;
  return `M ${point(from, radius)} A ${radius} ${radius} 0 ${large} 1 ${point(to, radius)}`;
}

/** A dial in the style of Grafana's, whose own is not part of its published components. */
function Dial(props: {
  readonly value: FieldDisplay;
  readonly width: number;
  readonly height: number;
}): React.JSX.Element {
  const { display, field } = props.value;
  const share = Math.min(1, Math.max(0, display.percent ?? 0));
  const [min, max] = [field.min ?? 0, field.max ?? 100];
  const steps = field.thresholds?.steps ?? [];
  const limits = steps.map(({ value }) => Math.min(1, Math.max(0, (value - min) / (max - min))));
  const size = Math.min(props.width, props.height);
  return (
    <svg width={props.width} height={size} viewBox="0 0 100 100" aria-label={display.title}>
      <path d={arc(0, 1, 36)} fill="none" stroke={theme.colors.background.secondary} strokeWidth="10" />
      {share > 0 && <path d={arc(0, share, 36)} fill="none" stroke={display.color} strokeWidth="10" />}
      {steps.map(({ color }, index) => {
        const [from, to] = [limits[index] ?? 0, limits[index + 1] ?? 1];
        if (to <= from) return null;
        const stroke = theme.visualization.getColorByName(color);
        return <path key={index} d={arc(from, to, 44)} fill="none" stroke={stroke} strokeWidth="3" />;
      })}
      <text x="50" y="54" textAnchor="middle" fontSize="14" fill={display.color}>
        {formattedValueToString(display)}
      </text>
      <text x="50" y="94" textAnchor="middle" fontSize="8" fill={theme.colors.text.primary}>
        {display.title}
      </text>
    </svg>
  );
}

export function GaugePanel(props: PanelProps<SingleValueOptions>): React.JSX.Element {
  const { data, width, height, renderCounter, options } = props;
  return (
    <VizRepeater
      getValues={() => displayValues(props)}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      autoGrid={true}
      itemSpacing={8}
      orientation={(options.orientation ?? 'auto') as VizOrientation}
      renderValue={({ value, ...size }) => <Dial value={value} width={size.width} height={size.height} />}
    />
  );
}
