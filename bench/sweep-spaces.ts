// The sweeps that the benches measure.
import { readFileSync } from 'node:fs';
import { BOARDS } from '../src/boards/index.ts';
import { parseAxisValues } from '../src/sweep/study/axis-values.ts';
import { BATCH_POINTS } from '../src/sweep/study/batch.ts';
import { designSpace } from '../src/sweep/study/design-space.ts';
import type { DesignSpace, ModelTemplate } from '../src/sweep/study/space.ts';
import { specTemplate } from '../src/sweep/study/template.ts';

/** A model over axes, on all boards. */
function spaceOf(model: ModelTemplate, axes: Readonly<Record<string, string>>): DesignSpace {
  const all = Object.entries({ ...axes, board: BOARDS.map(({ id }) => id).join() });
  return designSpace({
    model,
    axes: all.map(([name, text]) => ({ name, values: parseAxisValues(name, text) })),
  });
}

function paperFamily(side: string, clock: string): DesignSpace {
  const axes = { filters: '1:256', kernel: '1,3,5,7', side, dtype: 'float32,int8', clock };
  return spaceOf(specTemplate('paper:{filters},k={kernel},size={side}'), axes);
}

const CLOCKS = Array.from({ length: 16 }, (_, step) => `${(25 + 5 * step) / 100}x`).join();
const SIDES = '11:56:3';
/** 1,048,576 points: each network on each board at 16 clocks, from a quarter of the board's own to the whole in steps of 5 %. */
export const FAMILY = paperFamily(SIDES, CLOCKS);
/** 1,007,616 points: the same at two clocks, so that many more networks are built and deployed. */
export const FEW_CLOCKS = paperFamily('4:126', '0.5x,1x');

/** So many clocks from a quarter of the board's own to the whole. */
function clocksBelow(count: number): string {
  return Array.from({ length: count }, (_, at) => `${(0.25 + (0.75 * (at + 1)) / count).toFixed(6)}x`).join();
}

/** 131,072 and 2,097,152 points: the family's networks at few clocks and at many. */
export const FAMILY_AT_2 = paperFamily(SIDES, '0.5x,1x');
export const FAMILY_AT_32 = paperFamily(SIDES, clocksBelow(32));

const FILE = new URL('../examples/models/digits.tflite', import.meta.url);
/** 32,768 points: one file at as many clocks as fill a batch. */
export const FILE_OVER_CLOCKS = spaceOf(
  { kind: 'file', name: 'digits.tflite', base64: readFileSync(FILE).toString('base64') },
  { clock: clocksBelow(BATCH_POINTS / BOARDS.length) },
);

const LAYERS = 'conv {filters} {kernel}x{kernel} same relu | maxpool 2x2 | conv {wide} 3x3 same relu';
/** 393,216 points of a network of five layers over three axes, at the family's clocks. */
export const JSON_TEMPLATE = spaceOf(
  specTemplate(`{"input": [28,28,1], "layers": "${LAYERS} | flatten | dense 10"}`),
  { filters: '1:64', kernel: '1,3,5', wide: '1:64', clock: CLOCKS },
);

/** A board's networks with intervals or without, 4,096 points at so many clocks. */
export function intervalsOn(board: string, clocks: number, intervals: boolean): DesignSpace {
  const axes = { filters: `1:${1024 / clocks}`, kernel: '1,3,5,7', clock: clocksBelow(clocks), board };
  return designSpace({
    model: specTemplate('paper:{filters},k={kernel}'),
    axes: Object.entries(axes).map(([name, text]) => ({ name, values: parseAxisValues(name, text) })),
    intervals,
  });
}
