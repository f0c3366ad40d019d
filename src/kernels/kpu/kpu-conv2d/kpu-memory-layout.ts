import { KPU_LINE_BYTES, kpuLayout } from '../../../models/formats/kmodel/kpu-layout.ts';

export interface MapsShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Byte of KPU memory where row `y` of channel `c` starts, of maps at `line` (docs/hardware/k210.md#feature-map-layout).
 */
export function rowByte(line: number, { height, width }: MapsShape, c: number, y: number): number {
  const { channelsPerLine, pitchBytes, linesPerRow } = kpuLayout(width);
  const group = Math.floor(c / channelsPerLine);
  const rowLine = line + (group * height + y) * linesPerRow;
  return rowLine * KPU_LINE_BYTES + (c % channelsPerLine) * pitchBytes;
}

/** Copies maps out of KPU memory into planar bytes [c][y][x]. */
export function loadMaps(memory: Uint8Array, line: number, shape: MapsShape, planar: Uint8Array): void {
  const { channels, height, width } = shape;
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++, at += width) {
      const from = rowByte(line, shape, c, y);
      for (let x = 0; x < width; x++) planar[at + x] = memory[from + x]!;
    }
  }
}

/** Copies planar bytes [c][y][x] into KPU memory; bytes between the rows' ends and their pitch stay as they are. */
export function storeMaps(memory: Uint8Array, line: number, shape: MapsShape, planar: Uint8Array): void {
  const { channels, height, width } = shape;
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++, at += width) {
      const to = rowByte(line, shape, c, y);
      for (let x = 0; x < width; x++) memory[to + x] = planar[at + x]!;
    }
  }
}
