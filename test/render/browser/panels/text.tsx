import { renderMarkdown, type PanelProps } from '@grafana/data';

export function TextPanel({ options }: PanelProps<{ readonly content?: string }>): React.JSX.Element {
  const html = renderMarkdown(options.content ?? '');
  return <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}
