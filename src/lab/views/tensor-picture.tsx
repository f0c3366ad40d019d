import { useEffect, useState } from 'preact/hooks';
import { elementAt, formatNumber, realValue, type TensorValues } from 'inferscope/experiments';
import { mapGrid, mapOrigin, placeAt, type MapGrid, type TensorPlace } from '../scale/map-grid.ts';
import { useWidth } from '../scale/use-width.ts';
import { ValueTable } from './value-table.tsx';

const short = (value: number) => `${Number(value.toPrecision(4))}`;
const isRow = ({ shape: { h, c } }: TensorValues) => h === 1 && c === 1;

/** Place in `stored` of what is drawn at a place; undefined behind the last of a wrapped row. */
function indexAt(tensor: TensorValues, { y, x, channel }: TensorPlace, { mapWidth }: MapGrid) {
  if (!isRow(tensor)) return elementAt(tensor, y, x, channel);
  const index = y * mapWidth + x;
  return index < tensor.shape.w ? index : undefined;
}

/** A value for people: where it is, what is stored, and what that means by scale and zero point. */
export function valueText(tensor: TensorValues, place: TensorPlace, index: number): string {
  const { dtype, scaling } = tensor;
  const stored = tensor.stored[index]!;
  const where = isRow(tensor)
    ? `element ${index}`
    : `map ${place.channel}, row ${place.y}, column ${place.x}`;
  const real = realValue(tensor, stored);
  if (!scaling) {
    const meaning = real === undefined ? '; its scale is part of the next layer' : '';
    return `${where}: ${formatNumber(stored, 5)} (${dtype})${meaning}`;
  }
  const zero = scaling.zeroPoint === 0 ? '' : ` \u2212 (${formatNumber(scaling.zeroPoint, 5)})`;
  const product = zero === '' ? `${stored}` : `(${stored}${zero})`;
  return `${where}: ${stored} (${dtype}), real value ${formatNumber(real!, 5)} = ${formatNumber(scaling.scale, 5)} \u00d7 ${product}`;
}

function extremes(stored: TensorValues['stored']): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of stored) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function paint(canvas: HTMLCanvasElement, tensor: TensorValues, grid: MapGrid, chosen: TensorPlace): void {
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, grid.width, grid.height);
  const [low, high] = extremes(tensor.stored);
  const { cell, mapWidth, mapHeight } = grid;
  for (let channel = 0; channel < grid.maps; channel++) {
    const [left, top] = mapOrigin(channel, grid);
    for (let y = 0; y < mapHeight; y++) {
      for (let x = 0; x < mapWidth; x++) {
        const index = indexAt(tensor, { y, x, channel }, grid);
        if (index === undefined) continue;
        const grey = Math.round((255 * (tensor.stored[index]! - low)) / (high - low || 1));
        context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
        context.fillRect(left + x * cell, top + y * cell, cell, cell);
      }
    }
  }
  const [left, top] = mapOrigin(chosen.channel, grid);
  context.strokeStyle = getComputedStyle(canvas).getPropertyValue('--kpu');
  context.lineWidth = 2;
  context.strokeRect(left + chosen.x * cell - 1, top + chosen.y * cell - 1, cell + 2, cell + 2);
}

const MOVES: Readonly<Record<string, readonly [x: number, y: number, channel: number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, -1, 0],
  ArrowDown: [0, 1, 0],
  PageUp: [0, 0, -1],
  PageDown: [0, 0, 1],
};

const between = (value: number, most: number) => Math.min(most, Math.max(0, value));

function moved({ x, y, channel }: TensorPlace, key: string, grid: MapGrid): TensorPlace | undefined {
  const by = MOVES[key];
  if (!by) return undefined;
  return {
    x: between(x + by[0], grid.mapWidth - 1),
    y: between(y + by[1], grid.mapHeight - 1),
    channel: between(channel + by[2], grid.maps - 1),
  };
}

const HOME: TensorPlace = { y: 0, x: 0, channel: 0 };

/** A tensor as grey maps, each value to be pointed at or reached by keys. */
export function TensorPicture({ board, tensor }: { readonly board: string; readonly tensor: TensorValues }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<TensorPlace>(HOME);
  const grid = mapGrid(tensor.shape, width);
  const kept = { ...pointed, channel: between(pointed.channel, grid.maps - 1) };
  const inside = kept.y < grid.mapHeight && kept.x < grid.mapWidth;
  const found = inside ? indexAt(tensor, kept, grid) : undefined;
  const place = found === undefined ? HOME : kept;
  const index = found ?? 0;
  const [low, high] = extremes(tensor.stored);
  const { h, w, c } = tensor.shape;
  const extent = isRow(tensor) ? `${w} values` : `${c} map${c === 1 ? '' : 's'} of ${h} \u00d7 ${w}`;
  const text = valueText(tensor, place, index);
  const canvas = useCanvas(tensor, grid, place);
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const scale = grid.width / box.width;
    const at = placeAt((event.clientX - box.left) * scale, (event.clientY - box.top) * scale, grid);
    if (at && indexAt(tensor, at, grid) !== undefined) setPointed(at);
  };
  return (
    <div class="tensor" ref={ref}>
      <p>
        <strong>{board}:</strong> {tensor.name}, {extent}
        {grid.maps < c && ` (the first ${grid.maps} are drawn)`}
      </p>
      <canvas
        {...{ ref: canvas, width: grid.width, height: grid.height, role: 'slider', tabIndex: 0 }}
        aria-label={`Value of ${tensor.name} on the ${board}`}
        aria-valuemin={0}
        aria-valuemax={tensor.stored.length - 1}
        aria-valuenow={index}
        aria-valuetext={text}
        onPointerMove={point}
        onPointerDown={point}
        onKeyDown={(event) => {
          const next = moved(place, event.key, grid);
          if (!next) return;
          if (indexAt(tensor, next, grid) !== undefined) setPointed(next);
          event.preventDefault();
        }}
      />
      <p class="value-text">{text}</p>
      <p class="key">
        Black is {short(low)}, white {short(high)}. Arrows go from value to value
        {c > 1 && ', Page Up and Down from map to map'}.
      </p>
      <ValueTable tensor={tensor} channel={place.channel} />
    </div>
  );
}

function useCanvas(tensor: TensorValues, grid: MapGrid, place: TensorPlace) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  useEffect(() => {
    if (canvas) paint(canvas, tensor, grid, place);
  }, [canvas, tensor, grid.width, grid.cell, place.x, place.y, place.channel]);
  return setCanvas;
}
