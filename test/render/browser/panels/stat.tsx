import { getDisplayValueAlignmentFactors, type PanelProps, type VizOrientation } from '@grafana/data';
import {
  BigValue,
  VizRepeater,
  type BigValueColorMode,
  type BigValueGraphMode,
  type BigValueJustifyMode,
  type BigValueTextMode,
} from '@grafana/ui';
import { theme } from '../theme.js';
import { displayValues, type SingleValueOptions } from './values.js';

interface Options extends SingleValueOptions {
  readonly colorMode?: BigValueColorMode;
  readonly graphMode?: BigValueGraphMode;
  readonly justifyMode?: BigValueJustifyMode;
  readonly textMode?: BigValueTextMode;
  readonly text?: object;
  readonly wideLayout?: boolean;
}

export function StatPanel(props: PanelProps<Options>): React.JSX.Element {
  const { options, data, width, height, renderCounter } = props;
  const graph = options.graphMode ?? ('area' as BigValueGraphMode);
  return (
    <VizRepeater
      getValues={() => displayValues(props, graph !== ('none' as BigValueGraphMode))}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      width={width}
      height={height}
      source={data}
      renderCounter={renderCounter}
      autoGrid={true}
      itemSpacing={3}
      orientation={(options.orientation ?? 'auto') as VizOrientation}
      renderValue={({ value, count, alignmentFactors, ...size }) => (
        <BigValue
          value={value.display}
          {...(value.sparkline === undefined ? {} : { sparkline: value.sparkline })}
          width={size.width}
          height={size.height}
          theme={theme}
          count={count}
          alignmentFactors={alignmentFactors}
          colorMode={options.colorMode ?? ('value' as BigValueColorMode)}
          graphMode={graph}
          justifyMode={options.justifyMode ?? ('auto' as BigValueJustifyMode)}
          textMode={options.textMode ?? ('auto' as BigValueTextMode)}
          text={options.text ?? {}}
          disableWideLayout={options.wideLayout === false}
        />
      )}
    />
  );
}
