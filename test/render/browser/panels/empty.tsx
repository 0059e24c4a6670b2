import { theme } from '../theme.js';

const style: React.CSSProperties = {
  display: 'grid',
  placeItems: 'center',
  height: '100%',
  color: theme.colors.text.secondary,
};

/** What a panel shows that got no data. */
export function Empty({ text = 'No data' }: { readonly text?: string }): React.JSX.Element {
  return <div style={style}>{text}</div>;
}
