import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { MemoryBlock } from '../../deploy/program.ts';
import { INK, FIGURE_FONT, PAPER } from '../figure.ts';
import { escapeMarkup } from '../escape-markup.ts';
import { formatCount } from '../format.ts';
import { byteScale, type ByteScale } from './memory-scale.ts';
import { shortName } from './memory-text.ts';

/** One memory: the blocks of a plan, and the bytes at which the plan ends. */
export interface MemoryRow {
  readonly title: string;
  readonly blocks: readonly MemoryBlock[];
  readonly plannedBytes: number;
}

export interface MemoryFigure {
  readonly title: string;
  readonly key: string;
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  readonly rows: readonly MemoryRow[];
}

/** Mid-tones that read on white and on near-black; scratch is grey. */
const COLOURS = ['#2f7fd6', '#d1651f', '#2a9d6f', '#9b5fc0', '#c9a227', '#d14d72', '#3aa6b9'];
const SCRATCH = '#8a949e';
const HEAD_PX = 58;
const ROW_PX = 380;
const MARGIN = { top: 34, right: 16, bottom: 140, left: 84 };
const MIN_STEP_PX = 24;
const MIN_WIDTH_PX = 720;
const CHARACTER_PX = 6.6;
/** Longest name of a step on the axis. */
const MOST_NAME = 18;
const TICK_GAP_PX = 13;
const MIN_LABEL_PX = { across: 46, upright: 70, thick: 14 };

interface Box extends MemoryBlock {
  readonly colour: string;
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  readonly middle: number;
}

function boxesOf(blocks: readonly MemoryBlock[], { place }: ByteScale): Box[] {
  return blocks.map((block, index) => ({
    ...block,
    colour: block.kind === 'scratch' ? SCRATCH : COLOURS[index % COLOURS.length],
    low: place(block.offset),
    high: place(block.offset + block.plannedBytes),
    from: block.firstStep - 0.5,
    to: block.lastStep + 0.5,
    middle: (block.firstStep + block.lastStep) / 2,
  }));
}

/** The end of a text, where it is too long for the room: tensors are told apart by the end of their names. */
function cut(text: string, pixels: number): string {
  const most = Math.max(Math.floor(pixels / CHARACTER_PX), 2);
  return text.length <= most ? text : `…${text.slice(1 - most)}`;
}

interface Scale {
  readonly pxPerStep: number;
  readonly pxPerByte: number;
}

/** A name in each box that has room for it, across or upright; every box also has a tooltip. */
function labelMarks(boxes: readonly Box[], { pxPerStep, pxPerByte }: Scale): Plot.Markish[] {
  return boxes.flatMap((box) => {
    const across = (box.to - box.from) * pxPerStep - 6;
    const upright = (box.high - box.low) * pxPerByte - 6;
    const place = { x: [box.middle], y: [(box.low + box.high) / 2], fill: INK, fontSize: 11 };
    if (across >= MIN_LABEL_PX.across && upright >= MIN_LABEL_PX.thick) {
      return [Plot.text([cut(shortName(box.name), across)], place)];
    }
    const hasRoom = upright >= MIN_LABEL_PX.upright && across >= MIN_LABEL_PX.thick;
    return hasRoom ? [Plot.text([cut(shortName(box.name), upright)], { ...place, rotate: -90 })] : [];
  });
}

/** Lines and names of bytes; where free stretches are drawn short, the edges of what is used. */
function byteAxis({ ticks, place }: ByteScale, pxPerByte: number): Plot.Markish[] {
  const name = (bytes: number) => formatCount(bytes);
  if (!ticks) {
    return [
      Plot.gridY({ strokeOpacity: 0.12, ticks: 5 }),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: name }),
    ];
  }
  const far = (a: number, b: number) => Math.abs(place(a) - place(b)) * pxPerByte >= TICK_GAP_PX;
  const apart = ticks.filter((bytes, index) => ticks.slice(0, index).every((other) => far(bytes, other)));
  const at = apart.map((bytes) => ({ y: place(bytes), text: name(bytes) }));
  const beside = { y: 'y', text: 'text', frameAnchor: 'left', textAnchor: 'end', dx: -6 } as const;
  return [Plot.ruleY(at, { y: 'y', strokeOpacity: 0.12 }), Plot.text(at, beside)];
}

const tooltip = ({ name, bytes, offset, firstStep, lastStep }: Box): string =>
  `${name}: ${formatCount(bytes)} bytes at ${formatCount(offset)}, steps ${firstStep} to ${lastStep}`;

/** What a row shows besides its axes: boxes, the planned size, names and a title. */
function rowMarks(row: MemoryRow, bytes: ByteScale, scale: Scale): Plot.Markish[] {
  const boxes = boxesOf(row.blocks, bytes);
  return [
    Plot.rect(boxes, {
      x1: 'from',
      x2: 'to',
      y1: 'low',
      y2: 'high',
      fill: 'colour',
      fillOpacity: 0.45,
      stroke: 'colour',
      inset: 0.75,
      title: tooltip,
    }),
    Plot.ruleY([bytes.place(row.plannedBytes)], { strokeDasharray: '4 4', strokeOpacity: 0.7 }),
    Plot.ruleY([0], { strokeOpacity: 0.5 }),
    ...labelMarks(boxes, scale),
    Plot.text([`${row.title}: planned up to byte ${formatCount(row.plannedBytes)}`], {
      frameAnchor: 'top-left',
      dx: 16 - MARGIN.left,
      dy: -24,
      fontWeight: 600,
    }),
  ];
}

function stepAxis(steps: readonly string[]): Plot.Markish {
  return Plot.axisX({
    ticks: steps.map((_, index) => index),
    tickFormat: (index: number) => `${index} ${(steps[index] ?? '').slice(0, MOST_NAME)}`,
    tickRotate: -50,
    textAnchor: 'end',
    tickSize: 4,
  });
}

function drawRow(row: MemoryRow, steps: readonly string[], width: number, document: Document): Element {
  const bytes = byteScale(row.blocks, row.plannedBytes);
  const scale = {
    pxPerStep: (width - MARGIN.left - MARGIN.right) / Math.max(steps.length, 1),
    pxPerByte: (ROW_PX - MARGIN.top - MARGIN.bottom) / bytes.highest,
  };
  return Plot.plot({
    document,
    className: 'figure',
    width,
    height: ROW_PX,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { fontSize: '12px' },
    x: { domain: [-0.5, Math.max(steps.length, 1) - 0.5], label: null },
    y: { domain: [0, bytes.highest], axis: null },
    marks: [...byteAxis(bytes, scale.pxPerByte), stepAxis(steps), ...rowMarks(row, bytes, scale)],
  });
}

/** Boxes over the steps that they live for, at the bytes that they take: a self-contained SVG. */
export function drawMemoryFigure({ title, key, steps, rows }: MemoryFigure): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const width = Math.max(MIN_WIDTH_PX, MARGIN.left + MARGIN.right + MIN_STEP_PX * steps.length);
  const height = HEAD_PX + ROW_PX * rows.length;
  const drawn = rows.map((row, index) => {
    const svg = drawRow(row, steps, width, document);
    svg.setAttribute('y', String(HEAD_PX + ROW_PX * index));
    return svg.outerHTML;
  });
  const extent = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${extent} role="img" aria-label="${escapeMarkup(title)}" color="${INK}" fill="currentColor" style="${escapeMarkup(`font: ${FIGURE_FONT}`)}">`,
    `<rect class="paper" width="100%" height="100%" fill="${PAPER}"/>`,
    `<text x="16" y="26" font-size="16" font-weight="600">${escapeMarkup(title)}</text>`,
    `<text x="16" y="46" fill-opacity="0.65">${escapeMarkup(key)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
