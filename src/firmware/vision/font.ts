import { drawRectangle } from './draw.ts';
import { setPixel, type GuestImage, type Point } from './guest-image.ts';

/**
 * Our own letters, 5 x 7 dots, from the blank to "~": seven rows of two hex digits each. The firmwares have others; only
 * the cell's size and the advance of the pen are theirs.
 */
const LETTERS = [
  '00000000000000 04040404040004 0a0a0a00000000 0a0a1f0a1f0a0a 040f140e051e04 18190204081303',
  '0c12140815120d 04040800000000 02040808080402 08040202020408 0004150e150400 0004041f040400',
  '000000000c0408 0000001f000000 00000000000c0c 00010204081000 0e11131519110e 040c040404040e',
  '0e11010204081f 1f02040201110e 02060a121f0202 1f101e0101110e 0608101e11110e 1f010204080808',
  '0e11110e11110e 0e11110f01020c 000c0c000c0c00 000c0c000c0408 02040810080402 00001f001f0000',
  '08040201020408 0e110102040004 0e11010d15150e 0e11111f111111 1e11111e11111e 0e11101010110e',
  '1c12111111121c 1f10101e10101f 1f10101e101010 0e11101711110f 1111111f111111 0e04040404040e',
  '0702020202120c 11121418141211 1010101010101f 111b1515111111 11111915131111 0e11111111110e',
  '1e11111e101010 0e11111115120d 1e11111e141211 0f10100e01011e 1f040404040404 1111111111110e',
  '11111111110a04 1111111515150a 11110a040a1111 1111110a040404 1f01020408101f 0e08080808080e',
  '00100804020100 0e02020202020e 040a1100000000 0000000000001f 08040200000000 00000e010f110f',
  '1010161911111e 00000e1010110e 01010d1311110f 00000e111f100e 0609081c080808 000f11110f010e',
  '10101619111111 04000c0404040e 0200060202120c 10101214181412 0c04040404040e 00001a15151111',
  '00001619111111 00000e1111110e 00001e111e1010 00000d130f0101 00001619101010 00000e100e011e',
  '08081c08080906 0000111111130d 00001111110a04 0000111115150a 0000110a040a11 000011110f010e',
  '00001f0204081f 02040408040402 04040404040404 08040402040408 00000815020000',
]
  .join(' ')
  .split(' ');
const COLUMNS = 5;
const ROWS = 7;
const FIRST_LETTER = 0x20;
/** The rows of each letter, whose last column is the lowest bit. */
const DOTS = LETTERS.map((letter) =>
  Array.from({ length: ROWS }, (_, row) => Number.parseInt(letter.slice(2 * row, 2 * row + 2), 16)),
);

/** A cell that a letter stands in, and the corner of its dots. */
export interface Cell {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** Cell of `img.draw_string` (font.c of both firmwares). */
export const IMAGE_CELL: Cell = { width: 8, height: 10, left: 1, top: 1 };
/** Cell of `lcd.draw_string` of MaixPy. */
export const SCREEN_CELL: Cell = { width: 8, height: 16, left: 1, top: 4 };

const isPrintable = (character: string) => character >= ' ' && character <= '~';

/** Whether a letter has a dot at a place of its cell. */
export function isInked(character: string, cell: Cell, x: number, y: number): boolean {
  const [column, row] = [x - cell.left, y - cell.top];
  if (column < 0 || row < 0 || column >= COLUMNS || row >= ROWS) return false;
  const dots = DOTS[character.charCodeAt(0) - FIRST_LETTER][row];
  return (dots & (1 << (COLUMNS - 1 - column))) !== 0;
}

export interface TextStyle {
  readonly colour: number;
  readonly scale: number;
  readonly spacingX: number;
  readonly spacingY: number;
  readonly isMonospaced: boolean;
}

/** First and last inked column of each letter's cell; none for the blank. */
const INKS = DOTS.map((rows) => {
  const all = rows.reduce((any, dots) => any | dots);
  if (all === 0) return undefined;
  const columns = Array.from({ length: COLUMNS }, (_, column) => column);
  const inked = columns.filter((column) => (all & (1 << (COLUMNS - 1 - column))) !== 0);
  return { first: IMAGE_CELL.left + inked[0], last: IMAGE_CELL.left + inked[inked.length - 1] };
});

function drawLetter(image: GuestImage, character: string, left: number, top: number, style: TextStyle): void {
  const { scale, colour } = style;
  const rows = Math.min(Math.round(IMAGE_CELL.height * scale), image.height - top);
  const columns = Math.min(Math.round(IMAGE_CELL.width * scale), image.width - left);
  const dots = DOTS[character.charCodeAt(0) - FIRST_LETTER];
  for (let y = Math.max(0, -top); y < rows; y++) {
    const row = dots[Math.floor(y / scale) - IMAGE_CELL.top] ?? 0;
    if (row === 0) continue;
    for (let x = Math.max(0, -left); x < columns; x++) {
      const column = Math.floor(x / scale) - IMAGE_CELL.left;
      if (column < 0 || column >= COLUMNS || (row & (1 << (COLUMNS - 1 - column))) === 0) continue;
      setPixel(image, left + x, top + y, colour);
    }
  }
}

/** The box that stands for a character that the font does not have. */
function drawUnknown(image: GuestImage, left: number, top: number, { scale, colour }: TextStyle): void {
  const inset = Math.trunc(Math.round(scale * 3) / 2);
  const width = Math.round(IMAGE_CELL.width * scale) - 2 * inset;
  const height = Math.round(IMAGE_CELL.height * scale) - 2 * inset;
  const pen = { colour, thickness: Math.round(scale) };
  drawRectangle(image, { x: left + inset, y: top + inset, width, height }, pen, false);
}

/**
 * `img.draw_string(x, y, text, color, scale, x_spacing, y_spacing, mono_space)`: cells of 8 x 10 dots, lines at line ends,
 * a box without advance for characters beyond ASCII (imlib_draw_string); proportional letters stand 2 dots apart.
 */
export function drawString(image: GuestImage, at: Point, text: string, style: TextStyle): void {
  const { scale, spacingX, spacingY, isMonospaced } = style;
  let { x: left, y: top } = at;
  for (const character of text.replaceAll('\r\n', '\n')) {
    if (character === '\n' || character === '\r') {
      left = at.x;
      top += Math.round(IMAGE_CELL.height * scale) + spacingY;
    } else if (!isPrintable(character)) drawUnknown(image, left, top, style);
    else if (isMonospaced) {
      drawLetter(image, character, left, top, style);
      left += Math.round(IMAGE_CELL.width * scale) + spacingX;
    } else {
      const ink = INKS[character.charCodeAt(0) - FIRST_LETTER];
      if (ink) left -= Math.round(ink.first * scale);
      drawLetter(image, character, left, top, style);
      left += ink ? Math.round((ink.last + 2) * scale) + spacingX : Math.round(scale * 3);
    }
  }
}
