import type { PanelProps } from '@grafana/data';
import { Empty } from './empty.js';

/** For panels of data sources that are not here. Their place, title and description are drawn all the same. */
export function standIn(what: string): (props: PanelProps) => React.JSX.Element {
  return () => <Empty text={what} />;
}
