/** A text that is hard to read: less than 4.5 to 1, or 3 to 1 where it is large. */
export interface WeakText {
  readonly text: string;
  readonly ratio: number;
  readonly colour: string;
  readonly ground: string;
  readonly place: string;
}

/**
 * Finds the texts of a page that stand out too little from what is behind them, as they are drawn: colours with their transparency over
 * all that lies below. An expression, because it runs in the page. Texts over pictures are left out: nobody knows what is below.
 */
export const weakTexts = `(() => {
  const parsed = (text) => {
    const canvas = parsed.canvas ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = '#000';
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((each, index) => each * a + below[index] * (1 - a));
  const light = (colour) => {
    const [r, g, b] = colour.map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratioOf = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  // A gradient counts as each of its colours: a text has to be read on all of them.
  const layersOf = (element) => {
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const stops = backgroundImage.startsWith('linear-gradient') ? backgroundImage.match(/rgba?\\([^)]*\\)/g) : null;
    return (stops ?? [backgroundColor]).map(parsed);
  };
  const groundsOf = (element) => {
    const layers = [];
    for (let each = element; each !== null; each = each.parentElement) {
      const layer = layersOf(each);
      if (layer.some(([, , , a]) => a > 0)) layers.push(layer);
      if (layer.every(([, , , a]) => a === 1)) break;
    }
    return layers.reverse().reduce(
      (below, layer) => below.flatMap((ground) => layer.map((each) => over(each, ground))),
      [[255, 255, 255]],
    );
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest('.visually-hidden, .skip, [aria-disabled=true]') !== null) continue;
    const style = getComputedStyle(element);
    const drawing = element.closest('svg') !== null;
    let opacity = 1;
    for (let each = element; each !== null; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
    const [r, g, b, a] = parsed(drawing ? style.fill : style.color);
    const on = (ground) => {
      const colour = over([r, g, b, a * opacity], ground);
      return { ground, colour, ratio: ratioOf(colour, ground) };
    };
    const [{ ground, colour, ratio }] = groundsOf(element).map(on).sort((x, y) => x.ratio - y.ratio);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio >= (isLarge ? 3 : 4.5)) continue;
    found.push({
      text: text.slice(0, 40),
      ratio: Math.round(ratio * 100) / 100,
      colour: colour.map(Math.round).join(' '),
      ground: ground.map(Math.round).join(' '),
      place: (element.closest('section.panel')?.querySelector('.panel-title')?.textContent ?? '') + ' .' + element.className,
    });
  }
  return found;
})()`;
