/** Draws what a program wrote to a terminal as SVG. The same text gives the same bytes. */

const columns = 120;
const fontSize = 13;
const advance = 7.85;
const lineHeight = 19;
const margin = 16;

/** The colours of Select Graphic Rendition that obs-gen uses, on a dark ground. */
const colours = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#8b949e', 36: '#79c0ff' };
const ground = '#0d1117';
const plain = '#e6edf3';

/** Spaces that nothing collapses: not all that draws SVG heeds `xml:space`. */
const escaped = (text) =>
  text
    .replaceAll(' ', '\u00a0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A sequence that sets how text looks, or a character. */
const pieces = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m|([^])`, 'gu');

/** The cells of each line, wrapped where a terminal wraps them: a character with the parameters that hold there. */
function linesOf(text) {
  const lines = [[]];
  let style = '';
  for (const [, parameters, character] of text.matchAll(pieces)) {
    if (parameters !== undefined) {
      style = parameters === '0' ? '' : parameters;
    } else if (character === '\n') {
      lines.push([]);
    } else {
      if (lines.at(-1).length === columns) lines.push([]);
      lines.at(-1).push({ character, style });
    }
  }
  while (lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function runs(cells) {
  const found = [];
  for (const { character, style } of cells) {
    const last = found.at(-1);
    if (last?.style === style) last.text += character;
    else found.push({ style, text: character });
  }
  return found;
}

function spanOf({ style, text }) {
  const parameters = style.split(';');
  const colour = parameters.map((each) => colours[each]).find((each) => each !== undefined);
  const attributes = [
    ...(colour === undefined ? [] : [` fill="${colour}"`]),
    ...(parameters.includes('1') ? [' font-weight="600"'] : []),
  ];
  return attributes.length === 0 ? escaped(text) : `<tspan${attributes.join('')}>${escaped(text)}</tspan>`;
}

/**
 * The picture of a terminal.
 * @param command what was typed
 * @param output what came, with its escape sequences for colour
 * @param title what is read to those who do not see the picture
 */
export function terminalPicture(command, output, title) {
  const lines = linesOf(`\u001b[34m$\u001b[0m \u001b[1m${command}\u001b[0m\n${output}`);
  const width = Math.ceil(Math.max(...lines.map((cells) => cells.length)) * advance) + 2 * margin;
  const height = lines.length * lineHeight + 2 * margin;
  const rows = lines.map((cells, index) => {
    const y = margin + index * lineHeight + fontSize;
    return `<text x="${margin}" y="${y}">${runs(cells).map(spanOf).join('')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title).replaceAll('\u00a0', ' ')}</title>
<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" fill="${plain}">
${rows.join('\n')}
</g>
</svg>
`;
}
