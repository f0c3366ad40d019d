import { expect, test } from 'vitest';
import { anyBoardById } from '../../boards/all-boards.ts';
import { openmvH7Plus } from '../../boards/index.ts';
import type { Board } from '../../boards/board/board.ts';
import { withConstants } from '../../boards/board/constant-paths.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { boardSpeed } from './board-speed.ts';
import { resnet8 } from '../population/network-specs.ts';

const IMAGE_CLASSIFICATION = buildGraph({ ...resnet8(), dtype: 'int8' }, 'resnet8');

/** A board of another id and clock with the core of the one that ships. */
function boardAt(id: string, hz: number): Board {
  return { ...withConstants(openmvH7Plus, new Map([['clocks.core.hz', hz]])), id };
}

const ask = (board: Board, engine: string) =>
  boardSpeed(IMAGE_CLASSIFICATION, board, { kernels: 'cmsis-nn', dtype: 'int8', engine })!;

// MLPerf Tiny v1.2, STMicroelectronics, NUCLEO-H7A3ZI-Q: 40.8447 ms at 280 MHz.
test('a measured set-up takes what was measured, to a few percent, and says that this network is another', () => {
  const speed = ask(boardAt('nucleo-h7a3zi-q', 280e6), 'x-cube-ai@9.0');
  expect(Math.abs(speed.latencyMs / 40.8447 - 1)).toBeLessThan(0.05);
  expect(speed).toMatchObject({ status: 'new-network', engine: 'x-cube-ai', version: '9.0' });
});

test('a board that nobody measured takes what its core takes elsewhere, with a wider interval', () => {
  const known = ask(boardAt('nucleo-h7a3zi-q', 280e6), 'x-cube-ai@9.0');
  const other = ask(boardAt('my-board', 280e6), 'x-cube-ai@9.0');
  expect(other.status).toBe('new-board');
  expect(other.highMs / other.lowMs).toBeGreaterThan(known.highMs / known.lowMs);
  expect(Math.abs(other.latencyMs / known.latencyMs - 1)).toBeLessThan(0.2);
});

test('cycles are what the fit knows: half the clock is twice the time', () => {
  const [fast, slow] = [280e6, 140e6].map((hz) => ask(boardAt('nucleo-h7a3zi-q', hz), 'x-cube-ai'));
  expect(slow.latencyMs / fast.latencyMs).toBeCloseTo(2, 6);
});

// espressif/esp-tflite-micro, README: person detection on an ESP32-S3, 2300 ms by the reference kernels and 54 ms by ESP-NN.
test('kernels of a vendor take the rows that were published with them, and not those of the reference', () => {
  const s3 = anyBoardById('esp32-s3');
  const [fast, plain] = ['esp-nn', 'tflm-reference'].map((kernels) =>
    boardSpeed(IMAGE_CLASSIFICATION, s3, { kernels, dtype: 'int8' })!,
  );
  expect([fast!.engine, plain!.engine]).toEqual(['esp-nn', 'tflm-reference']);
  expect(plain!.latencyMs / fast!.latencyMs).toBeGreaterThan(10);
});

test('an engine without a published time on the board is refused, and those that have one are named', () => {
  expect(() => ask(boardAt('nucleo-h7a3zi-q', 280e6), 'esp-dl')).toThrow(
    /no published time of engine "esp-dl" in int8; there are: .*plumerai@2023.05/,
  );
});
