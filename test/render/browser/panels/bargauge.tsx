import { getDisplayValueAlignmentFactors, VizOrientation, type PanelProps } from '@grafana/data';
import type { BarGaugeDisplayMode, BarGaugeNamePlacement, BarGaugeValueMode } from '@grafana/schema';
import { BarGauge, VizRepeater } from '@grafana/ui';
import { theme } from '../theme.js';
import { displayValues, type SingleValueOptions } from './values.js';

interface Options extends SingleValueOptions {
  readonly displayMode?: BarGaugeDisplayMode;
  readonly namePlacement?: BarGaugeNamePlacement;
  readonly valueMode?: BarGaugeValueMode;
  readonly showUnfilled?: boolean;
  readonly minVizWidth?: number;
  readonly minVizHeight?: number;
  readonly maxVizHeight?: number;
  readonly text?: object;
}

export function BarGaugePanel(props: PanelProps<Options>): React.JSX.Element {
  const { options, data, width, height, renderCounter } = props;
  return (
    <VizRepeater
      getValues={() => displayValues(props)}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      itemSpacing={10}
      minVizWidth={options.minVizWidth ?? 8}
      minVizHeight={options.minVizHeight ?? 16}
      maxVizHeight={options.maxVizHeight ?? 300}
      orientation={(options.orientation ?? 'auto') as VizOrientation}
      renderValue={({ value, alignmentFactors, orientation, ...size }) => {
        const processor = value.view?.getFieldDisplayProcessor(value.colIndex ?? 0);
        return (
          <BarGauge
            value={value.display}
            field={value.field}
            {...(processor === undefined ? {} : { display: processor })}
            width={size.width}
            height={size.height}
            theme={theme}
            orientation={orientation}
            alignmentFactors={alignmentFactors}
            itemSpacing={10}
            lcdCellWidth={16}
            text={options.text ?? {}}
            displayMode={options.displayMode ?? ('gradient' as BarGaugeDisplayMode)}
            showUnfilled={options.showUnfilled ?? true}
            namePlacement={options.namePlacement ?? ('auto' as BarGaugeNamePlacement)}
            valueDisplayMode={options.valueMode ?? ('color' as BarGaugeValueMode)}
          />
        );
      }}
    />
  );
}
