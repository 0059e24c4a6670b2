import { ThemeContext } from '@grafana/data';
import { sceneGraph, type EmbeddedScene } from '@grafana/scenes';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import type { Board } from './board.js';
import { factsOf, type PanelFacts } from './facts.js';
import { registerOptions } from './field-options.js';
import { panels } from './panels/index.js';
import { PrometheusDataSource } from './prometheus-data-source.js';
import { installRuntime } from './runtime.js';
import { heightOf, sceneOf } from './scene.js';
import { boardName, readJson, type Settings } from './settings.js';
import { theme } from './theme.js';

declare global {
  interface Window {
    /** What stands on the page; undefined until it is drawn. */
    facts?: () => readonly PanelFacts[];
    /** The names of variables and their values, for whoever looks into a board. */
    variables?: () => Readonly<Record<string, unknown>>;
  }
}

function Page({ scene, board }: { readonly scene: EmbeddedScene; readonly board: Board }): React.JSX.Element {
  return (
    <BrowserRouter>
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <h1 style={{ ...theme.typography.h4, margin: '12px 16px 0' }}>{board.title}</h1>
        <div style={{ display: 'flex', padding: 16, height: heightOf(board) }}>
          <scene.Component model={scene} />
        </div>
        <PortalContainer />
      </ThemeContext.Provider>
    </BrowserRouter>
  );
}

/**
 * Grafana measures texts in Inter, which it brings along, and draws them in Inter or whatever there is. A stand-in by that name, for both:
 * without one, a text is measured in another font than it is drawn in.
 */
async function standInFor(family: string): Promise<void> {
  const face = new FontFace(family, 'local("DejaVu Sans")', { weight: '100 900' });
  document.fonts.add(await face.load());
}

async function start(): Promise<void> {
  const [settings, board] = await Promise.all([
    readJson<Settings>('/settings.json'),
    readJson<Board>(`/boards/${encodeURIComponent(boardName)}`),
  ]);
  await standInFor('Inter');
  registerOptions();
  installRuntime(new PrometheusDataSource(settings.scrapeInterval), panels);
  const scene = sceneOf(board, settings);
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no root');
  document.body.style.background = theme.colors.background.canvas;
  createRoot(root).render(<Page scene={scene} board={board} />);
  window.facts = () => factsOf(scene);
  window.variables = () =>
    Object.fromEntries(
      sceneGraph.getVariables(scene).state.variables.map((each) => [each.state.name, each.getValue()]),
    );
}

await start();
