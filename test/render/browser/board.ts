import type { DataLink, FieldConfigSource } from '@grafana/data';

/** The classic JSON of a dashboard, as far as this page reads it. It may come from anywhere, so that little is taken for granted. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface BoardTarget {
  readonly datasource?: { readonly type?: string };
  readonly refId: string;
  readonly expr?: string;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  readonly instant?: boolean;
  readonly interval?: string;
  readonly legendFormat?: string;
  readonly hide?: boolean;
}

export interface BoardPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Place;
  readonly fieldConfig?: FieldConfigSource;
  readonly options?: object;
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly targets?: readonly BoardTarget[];
  readonly transformations?: readonly { readonly id: string; readonly options: object }[];
  readonly links?: readonly DataLink[];
  /** Of a closed row. */
  readonly panels?: readonly BoardPanel[];
}

export interface BoardVariable {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly query: string | { readonly query: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly hide?: number;
  readonly regex?: string;
  readonly sort?: number;
}

export interface BoardAnnotation {
  readonly name: string;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly expr?: string;
}

export interface Board {
  readonly title: string;
  readonly panels: readonly BoardPanel[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly templating?: { readonly list: readonly BoardVariable[] };
  readonly annotations?: { readonly list: readonly BoardAnnotation[] };
}

/** Opens every closed row: what stands below it moves down by the height of what it holds, as it does when somebody clicks on it. */
export function opened(panels: readonly BoardPanel[]): readonly BoardPanel[] {
  let shift = 0;
  return [...panels]
    .sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)
    .flatMap((panel) => {
      const down = (each: BoardPanel, by: number): BoardPanel => ({
        ...each,
        gridPos: { ...each.gridPos, y: each.gridPos.y + by },
      });
      const moved = down(panel, shift);
      const hidden = panel.panels ?? [];
      if (hidden.length === 0) return [moved];
      const top = Math.min(...hidden.map(({ gridPos }) => gridPos.y));
      const bottom = Math.max(...hidden.map(({ gridPos }) => gridPos.y + gridPos.h));
      const inside = hidden.map((each) => down(each, moved.gridPos.y + 1 - top));
      shift += bottom - top;
      return [moved, ...inside];
    });
}
