import { parseHTML } from 'linkedom';
import { escapeMarkup } from '../escape-markup.ts';
import { FIGURE_FONT, INK, PAPER } from '../figure.ts';
import { wrapText } from '../format.ts';

/** A drawing of Plot's, and the pixels that it takes downwards. */
export interface Part {
  readonly svg: string;
  readonly heightPx: number;
}

export interface Frame {
  readonly title: string;
  /** What is shown and what was left out, in sentences. */
  readonly caption: string;
  readonly widthPx: number;
  /** From top to bottom. */
  readonly parts: readonly Part[];
}

const EDGE_PX = 16;
const TITLE_PX = 28;
const LINE_PX = 18;
const GAP_PX = 8;

/** Diagonals over what overflows a memory, crossed diagonals where the board refuses. */
const PATTERNS = [
  '<defs>',
  '<pattern id="unfit" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
  '<path d="M0 0V7" stroke="#fff" stroke-width="2.4"/><path d="M0 0V7" stroke="#1f2933" stroke-width="1.1"/>',
  '</pattern>',
  '<pattern id="failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
  '<rect width="7" height="7" fill="#eef0f2"/><path d="M0 0V7M0 0H7" stroke="#8a949e" stroke-width="1"/>',
  '</pattern>',
  '</defs>',
].join('');

export const UNFIT_FILL = 'url(#unfit)';
export const FAILED_FILL = 'url(#failed)';

/** A document for Plot to draw into. */
export function createDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document;
}

/** Plot's drawing as a part of a frame; Plot gives it a width and a height. */
export function partOf(drawn: unknown): Part {
  const svg = drawn as Element;
  return { svg: svg.outerHTML, heightPx: Number(svg.getAttribute('height')) };
}

function captionLines(caption: string, widthPx: number): string[] {
  const lines = wrapText(caption).split('\n');
  return widthPx >= 700 ? lines : lines.flatMap((line) => line.match(/.{1,70}(\s|$)/g) ?? [line]);
}

/** A self-contained SVG: the title, the caption, the parts below each other; light paper and dark ink. */
export function drawFrame({ title, caption, widthPx, parts }: Frame): string {
  const lines = captionLines(caption, widthPx);
  let topPx = TITLE_PX + LINE_PX * lines.length + 2 * GAP_PX;
  const placed = parts.map(({ svg, heightPx }) => {
    const at = svg.replace('<svg', `<svg y="${topPx}"`);
    topPx += heightPx + GAP_PX;
    return at;
  });
  const extent = `width="${widthPx}" height="${topPx}" viewBox="0 0 ${widthPx} ${topPx}"`;
  const text = lines.map(
    (line, index) =>
      `<text x="${EDGE_PX}" y="${TITLE_PX + LINE_PX * (index + 1)}" fill-opacity="0.65">${escapeMarkup(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${extent} role="img" aria-label="${escapeMarkup(title)}" color="${INK}" fill="currentColor" style="${escapeMarkup(`font: ${FIGURE_FONT}`)}">`,
    PATTERNS,
    `<rect class="paper" width="100%" height="100%" fill="${PAPER}"/>`,
    `<text x="${EDGE_PX}" y="${TITLE_PX}" font-size="16" font-weight="600">${escapeMarkup(title)}</text>`,
    ...text,
    ...placed,
    '</svg>',
    '',
  ].join('\n');
}
