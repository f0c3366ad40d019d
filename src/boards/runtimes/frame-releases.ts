import type { Board, Constant } from '../board/board.ts';
import { constantAt, replaceAt, withConstants } from '../board/constant-paths.ts';

const FRAMES = 'runtime.script.frames';

function withConstant(board: Board, path: string, value: number, source: string): Board {
  return replaceAt(board, path, { ...constantAt(board, path), value, source });
}

/** MaixPy before v0.5.1: no second pair of buffers. */
export function withoutDoubleBuffers(board: Board): Board {
  return withConstant(
    board,
    `${FRAMES}.mostBuffers`,
    1,
    'MaixPy v0.5.0 omv/sensor.c: no dual_buff in the tree',
  );
}

const LCD_INIT_06 =
  'components/drivers/lcd/src/lcd.c of MaixPy v0.6.2: as before with 150 ms become 50, 500 become 120 and the last 100 gone';

/** MaixPy 0.6: longer blanking of the sensor, shorter sleeps of the screen. */
export function withMaixpy06Frames(board: Board): Board {
  const path = `${FRAMES}.sensors.gc0328`;
  const source = 'MaixPy v0.6.2 omv/gc0328.c: blanking 0x80 and 0x10; formula as for v0.5.0, +- 10 %';
  const slower = withConstant(board, `${path}.frameClocks`, 2 * (0x80 + 66 + 648 + 4) * 504, source);
  const blanked = withConstant(slower, `${path}.activePart`, 488 / 504, source);
  return withWait(blanked, 'lcd.init', 310, LCD_INIT_06);
}

/** OpenMV 4: the largest of 3, 2 and 1 frame buffers that fits, which on boards with SDRAM is 3. */
export function withOpenmv4Frames(board: Board): Board {
  const source =
    'openmv/openmv v4.0.0 imlib/framebuffer.c:336-352: three at QVGA and VGA where memory allows';
  return withConstant(board, `${FRAMES}.buffers`, 3, source);
}

/** A board with other values of its frame path, for boards that differ in nothing else. */
export function withFrameConstants(board: Board, values: Readonly<Record<string, number>>): Board {
  const paths = Object.entries(values).map(([name, value]) => [`${FRAMES}.${name}`, value] as const);
  return withConstants(board, new Map(paths));
}

function withWait(board: Board, name: string, value: number, source: string): Board {
  const { runtime } = board;
  const script = runtime.script!;
  const wait: Constant = { ...script.waits[name], value, source };
  return {
    ...board,
    runtime: { ...runtime, script: { ...script, waits: { ...script.waits, [name]: wait } } },
  };
}
