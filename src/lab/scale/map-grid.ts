/** How maps are laid out beside one another, in cells of `cell` pixels with gaps between the maps. */
export interface MapGrid {
  readonly cell: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Size of a map as it is drawn; a long row is wrapped. */
  readonly mapWidth: number;
  readonly mapHeight: number;
  /** Maps that are drawn, of all. */
  readonly maps: number;
}

const GAP = 3;
const [MAX_CELL, MAX_HEIGHT, MAX_MAPS] = [14, 220, 64];
const ONE_ROW = 16;

/** The largest cells with which maps fit into so many pixels of width. */
export function mapGrid(
  shape: { readonly h: number; readonly w: number; readonly c: number },
  width: number,
): MapGrid {
  const isRow = shape.h === 1 && shape.c === 1;
  const mapWidth = isRow && shape.w > ONE_ROW ? Math.ceil(Math.sqrt(3 * shape.w)) : shape.w;
  const mapHeight = isRow ? Math.ceil(shape.w / mapWidth) : shape.h;
  const maps = Math.min(MAX_MAPS, shape.c);
  const fit = (cell: number) => {
    const columns = Math.min(maps, Math.max(1, Math.floor((width + GAP) / (mapWidth * cell + GAP))));
    const height = Math.ceil(maps / columns) * (mapHeight * cell + GAP) - GAP;
    return { cell, columns, width: columns * (mapWidth * cell + GAP) - GAP, height };
  };
  for (let cell = MAX_CELL; cell > 1; cell--) {
    const grid = fit(cell);
    if (grid.width <= width && grid.height <= MAX_HEIGHT) return { ...grid, mapWidth, mapHeight, maps };
  }
  return { ...fit(1), mapWidth, mapHeight, maps };
}

/** Pixel where a map begins. */
export function mapOrigin(
  map: number,
  { columns, cell, mapWidth, mapHeight }: MapGrid,
): readonly [number, number] {
  return [(map % columns) * (mapWidth * cell + GAP), Math.floor(map / columns) * (mapHeight * cell + GAP)];
}

/** A place in a tensor: pixel and channel. */
export interface TensorPlace {
  readonly y: number;
  readonly x: number;
  readonly channel: number;
}

/** The cell under a pixel; undefined in a gap and behind the last. */
export function placeAt(px: number, py: number, grid: MapGrid): TensorPlace | undefined {
  const { cell, columns, mapWidth, mapHeight, maps } = grid;
  const [column, row] = [Math.floor(px / (mapWidth * cell + GAP)), Math.floor(py / (mapHeight * cell + GAP))];
  const channel = row * columns + column;
  if (column < 0 || row < 0 || column >= columns || channel >= maps) return undefined;
  const [left, top] = mapOrigin(channel, grid);
  const [x, y] = [Math.floor((px - left) / cell), Math.floor((py - top) / cell)];
  return x >= 0 && y >= 0 && x < mapWidth && y < mapHeight ? { y, x, channel } : undefined;
}
