/** Makes a screenshot small enough for a README: its upper part, in the 255 colours that it has most of. */
import { Buffer } from 'node:buffer';
import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteSize = 255;

function chunksOf(png) {
  const chunks = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}

/** PNG 9.4: the Paeth predictor. */
function paeth(left, above, corner) {
  const estimate = left + above - corner;
  const [a, b, c] = [left, above, corner].map((each) => Math.abs(estimate - each));
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** The samples of a picture of 8 bits, RGB or RGBA, that is not interlaced: what browsers write. */
function decode(png) {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR').data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || bytes === undefined || header[12] !== 0)
    throw new Error('not a picture of a browser');
  const raw = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  const stride = width * bytes;
  const samples = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x < bytes ? 0 : samples[y * stride + x - bytes];
      const above = y === 0 ? 0 : samples[(y - 1) * stride + x];
      const corner = x < bytes || y === 0 ? 0 : samples[(y - 1) * stride + x - bytes];
      const predicted = [0, left, above, (left + above) >> 1, filter === 4 ? paeth(left, above, corner) : 0][
        filter
      ];
      samples[y * stride + x] = raw[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return { width, height, bytes, samples };
}

/** The colours that there are most of, coarsely told apart, and the one of them that is nearest to each colour. */
function paletteOf({ width, bytes, samples }, rows) {
  const counts = new Map();
  const at = (pixel) => {
    const index = pixel * bytes;
    return (samples[index] << 16) | (samples[index + 1] << 8) | samples[index + 2];
  };
  for (let pixel = 0; pixel < width * rows; pixel += 1)
    counts.set(at(pixel), (counts.get(at(pixel)) ?? 0) + 1);
  const seen = new Set();
  const colours = [...counts]
    .sort(([one, many], [other, more]) => more - many || one - other)
    .map(([colour]) => colour)
    .filter((colour) => {
      const coarse = colour & 0xf0f0f0;
      if (seen.has(coarse)) return false;
      seen.add(coarse);
      return true;
    })
    .slice(0, paletteSize);
  const nearest = new Map();
  const distance = (one, other) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
  const indexOf = (pixel) => {
    const colour = at(pixel);
    let index = nearest.get(colour);
    if (index === undefined) {
      const distances = colours.map((each) => distance(each, colour));
      index = distances.indexOf(Math.min(...distances));
      nearest.set(colour, index);
    }
    return index;
  };
  return { colours, indexOf };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return framed;
}

/**
 * The upper part of a picture, with a palette.
 * @param png the picture as a browser writes it
 * @param rows its height at most, in pixels
 */
export function smallPicture(png, rows) {
  const picture = decode(png);
  const height = Math.min(rows, picture.height);
  const { colours, indexOf } = paletteOf(picture, height);
  const pixels = Buffer.alloc((picture.width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < picture.width; x += 1)
      pixels[y * (picture.width + 1) + 1 + x] = indexOf(y * picture.width + x);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
