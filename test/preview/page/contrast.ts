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
  const groundOf = (element) => {
    const layers = [];
    for (let each = element; each !== null; each = each.parentElement) {
      const layer = parsed(getComputedStyle(each).backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
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
    const ground = groundOf(element);
    const [r, g, b, a] = parsed(drawing ? style.fill : style.color);
    const colour = over([r, g, b, a * opacity], ground);
    const ratio = ratioOf(colour, ground);
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
