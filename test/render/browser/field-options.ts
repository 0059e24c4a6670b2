import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  FieldColorModeId,
  FieldConfigProperty,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type FieldConfigPropertyItem,
  type PanelPlugin,
  type TransformerRegistryItem,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];

const editor = (): null => null;

function option(id: string, process: unknown, defaultValue?: unknown): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    description: '',
    editor,
    override: editor,
    process: process as Process,
    shouldApply: () => true,
    settings: {},
    category: ['Standard options'],
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

/** The options that every field has, and how an override of each is read. In Grafana they come from its core. */
const standard: readonly FieldConfigPropertyItem[] = [
  option('displayName', stringOverrideProcessor),
  option('description', stringOverrideProcessor),
  option('unit', unitOverrideProcessor),
  option('min', numberOverrideProcessor),
  option('max', numberOverrideProcessor),
  option('fieldMinMax', booleanOverrideProcessor),
  option('decimals', numberOverrideProcessor),
  option('noValue', stringOverrideProcessor),
  option('filterable', booleanOverrideProcessor),
  option('links', dataLinksOverrideProcessor),
  option('actions', dataLinksOverrideProcessor),
  option('color', identityOverrideProcessor),
  option('mappings', valueMappingsOverrideProcessor, []),
  option('thresholds', thresholdsOverrideProcessor, {
    mode: ThresholdsMode.Absolute,
    steps: [
      { value: -Infinity, color: 'green' },
      { value: 80, color: 'red' },
    ],
  }),
];

/** Fills Grafana's registries; once, before the first panel. */
export function registerOptions(): void {
  standardEditorsRegistry.setInit(() => []);
  standardFieldConfigEditorRegistry.setInit(() => [...standard]);
  standardTransformersRegistry.setInit(() =>
    // One of them stands there under two names.
    [...new Map(Object.values(standardTransformers).map((each) => [each.id, each])).values()].map(
      (transformer) =>
        ({
          id: transformer.id,
          name: transformer.name,
          description: '',
          editor,
          transformation: () => Promise.resolve(transformer),
        }) as unknown as TransformerRegistryItem,
    ),
  );
}

/**
 * Gives a panel its own field options.
 * @param custom their defaults, by name
 */
export function withFieldOptions(
  plugin: PanelPlugin,
  custom: Readonly<Record<string, unknown>>,
  colour = FieldColorModeId.Thresholds,
): PanelPlugin {
  return plugin.useFieldConfig({
    standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: colour } } },
    useCustomConfig: (builder) => {
      for (const [name, defaultValue] of Object.entries(custom)) {
        builder.addCustomEditor({
          ...option(name, identityOverrideProcessor, defaultValue),
          category: ['Panel'],
        } as never);
      }
    },
  });
}
