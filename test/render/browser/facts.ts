import { FieldType, LoadingState, type PanelData } from '@grafana/data';
import { sceneGraph, VizPanel, type EmbeddedScene } from '@grafana/scenes';
import { cutTexts, type CutText } from './cut-texts.js';

/** What came of a panel. */
export interface PanelFacts {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly asks: boolean;
  readonly loading: boolean;
  readonly errors: readonly string[];
  /** Numbers and texts that its queries brought; of a graph only finite numbers count. */
  readonly values: number;
  /** Why it could not be drawn at all. */
  readonly failure: string | undefined;
  readonly cut: readonly CutText[];
  /** Variables that nobody replaced in its links. */
  readonly unresolved: readonly string[];
}

function valuesOf({ series }: PanelData): number {
  return series
    .flatMap(({ fields }) => fields)
    .filter(({ type }) => type === FieldType.number)
    .flatMap(({ values }) => values as readonly (number | null)[])
    .filter((value) => value !== null).length;
}

/** Variables of links that Grafana fills in only when somebody clicks. */
const onClick =
  /^__(?:url_time_range|all_variables|value|field|data|from|to|series|org|user|dashboard|interval)/;

function unresolvedIn(panel: VizPanel): readonly string[] {
  const { defaults, overrides } = panel.state.fieldConfig;
  const texts = JSON.stringify([defaults.links, overrides]);
  const replaced = sceneGraph.interpolate(panel, texts);
  return [...replaced.matchAll(/\$\{(\w[\w.]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !onClick.test(name));
}

/** Reads what stands on the page, panel by panel. */
export function factsOf(scene: EmbeddedScene): readonly PanelFacts[] {
  const panels = sceneGraph.findAllObjects(scene, (each) => each instanceof VizPanel) as VizPanel[];
  return panels.map((panel): PanelFacts => {
    const { key = '', title, pluginId, _pluginLoadError: failure } = panel.state;
    const element = document.querySelector(`[data-viz-panel-key="${key}"]`);
    const box = element?.getBoundingClientRect();
    const data = panel.state.$data?.state.data as PanelData | undefined;
    const asks = panel.state.$data !== undefined;
    return {
      id: Number(key.replace('panel-', '')),
      title,
      type: pluginId,
      left: box?.left ?? 0,
      top: box?.top ?? 0,
      width: box?.width ?? 0,
      height: box?.height ?? 0,
      asks,
      loading: asks && data?.state !== LoadingState.Done && data?.state !== LoadingState.Error,
      errors: (data?.errors ?? []).map(({ message = 'an error without a message' }) => message),
      values: data === undefined ? 0 : valuesOf(data),
      failure: failure ?? (element === null ? 'it is not on the page' : undefined),
      cut: element === null ? [] : cutTexts(element),
      unresolved: unresolvedIn(panel),
    };
  });
}
