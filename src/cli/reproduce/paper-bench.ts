import { boardById } from '../../boards/index.ts';
import type { Board } from '../../boards/board/board.ts';
import { DOKIC_2021 } from '../../calibrate/measurements/dokic-2021.ts';
import type { BenchReading, BenchReadings } from '../../calibrate/reproduce.ts';
import { DEFAULT_LIMIT_PS, readGuestFiles, readPaperLoop } from '../../firmware/guest/exec-script.ts';
import { runGuest, type Picture } from '../../firmware/guest/run-guest.ts';
import { readScope, type ScopeMeasurement } from '../../instruments/oscilloscope.ts';
import { pinEdges, pinNames } from '../../instruments/pins.ts';
import { drawnImages } from '../../models/specs/synthetic-weights.ts';
import { readFileOptions, readFlashOptions } from '../exec/exec-inputs.ts';

const PULSES = 4;
const SIDE = 14;

/** Any digit: what the network sees does not change how long it takes. */
function drawnPicture(): Picture {
  const [pixels] = drawnImages(SIDE * SIDE, 1);
  return { name: 'drawn', width: SIDE, height: SIDE, channels: 1, pixels };
}

/**
 * The paper's bench in software: its measuring loop runs on each virtual board with each of the ten networks, and the
 * oscilloscope reads pulse and period at the pin. The scripts are ours, so they run in this thread, without a guard.
 */
export async function measurePaper(): Promise<BenchReadings> {
  const readings: [board: string, readings: BenchReading[]][] = [];
  for (const { board: id, rows } of DOKIC_2021) {
    const board = boardById(id);
    const read: BenchReading[] = [];
    for (const { filters } of rows) read.push(await measureNetwork(board, filters));
    readings.push([id, read]);
  }
  return Object.fromEntries(readings);
}

async function measureNetwork(board: Board, filters: number): Promise<BenchReading> {
  const [script, guestFiles] = await Promise.all([readPaperLoop(board), readGuestFiles(board)]);
  const { records } = await runGuest({
    ...{ board, script, ...guestFiles, ...(await installModel(board, filters)) },
    ...{ pictures: [drawnPicture()], pulses: PULSES, limitPs: DEFAULT_LIMIT_PS },
  });
  const { measurements } = readScope(pinEdges(records, pinNames(records)[0]));
  return { pulseMs: readingOf(measurements, '+Width'), periodMs: readingOf(measurements, 'Period') };
}

/** The network where the board's script looks for it: in the flash, or among its files. */
async function installModel(board: Board, filters: number) {
  if (board.runtime.placement.model === 'flash') {
    return { flash: await readFlashOptions([`0x300000=paper:${filters}`], board, 'drawn') };
  }
  return { files: await readFileOptions([`model.tflite=paper:${filters}`], board) };
}

function readingOf(measurements: readonly ScopeMeasurement[], name: ScopeMeasurement['name']): number {
  const read = measurements.find((measurement) => measurement.name === name)?.read;
  if (!read) throw new Error(`the oscilloscope shows no ${name} of the measuring loop`);
  return read.mean;
}
