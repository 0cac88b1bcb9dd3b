import { mkdirSync, writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const SEAL: Pixel = [0x3b, 0x4c, 0xb8, 255];
const MARK: Pixel = [255, 255, 255, 255];
const NONE: Pixel = [0, 0, 0, 0];
/** Samples per pixel and direction: edges stay smooth at 16 px. */
const SAMPLES = 8;

/** Whether a point is in the seal: a circle with eight scallops. Coordinates run from -1 to 1. */
function isSeal(x: number, y: number): boolean {
  const angle = Math.atan2(y, x);
  return Math.hypot(x, y) <= 0.88 + 0.075 * Math.cos(8 * angle);
}

/** A keyhole. Not a check mark: the icon is on screen always, and must not look like a verdict. */
function isMark(x: number, y: number): boolean {
  const isBow = Math.hypot(x, y + 0.16) <= 0.27;
  const isBit = y >= -0.1 && y <= 0.46 && Math.abs(x) <= 0.1 + 0.14 * Math.max(0, y);
  return isBow || isBit;
}

/** One pixel: the mean of its samples, weighted by their opacity. */
function pixelAt(column: number, row: number, size: number): Pixel {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const x = ((column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size) * 2 - 1;
    const y = ((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size) * 2 - 1;
    const [red, green, blue, alpha] = isMark(x, y) ? MARK : isSeal(x, y) ? SEAL : NONE;
    [red * alpha, green * alpha, blue * alpha, alpha].forEach((value, index) => (sum[index]! += value));
  }
  const alpha = sum[3]!;
  const mean = (index: number): number => (alpha === 0 ? 0 : Math.round(sum[index]! / alpha));
  return [mean(0), mean(1), mean(2), Math.round(alpha / (SAMPLES * SAMPLES))];
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, check]);
}

/** A PNG of 8-bit RGBA without filters. */
function png(size: number): Buffer {
  const rows: Buffer[] = [];
  for (let row = 0; row < size; row++) {
    const pixels = Array.from({ length: size }, (_, column) => pixelAt(column, row, size)).flat();
    rows.push(Buffer.from([0, ...pixels]));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const content = chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 }));
  return Buffer.concat([signature, chunk("IHDR", header), content, chunk("IEND", Buffer.alloc(0))]);
}

/** Draws the seal in every size that browsers ask for: `npm run icons`. */
export function main(): Promise<number> {
  const folder = new URL("../../public/icons/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const size of [16, 32, 48, 128]) writeFileSync(new URL(`seal-${String(size)}.png`, folder), png(size));
  return Promise.resolve(0);
}
