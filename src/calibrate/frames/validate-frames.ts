import { withFrameConstants } from '../../boards/runtimes/frame-releases.ts';
import type { Board } from '../../boards/board/board.ts';
import type { FrameOp } from '../../simulate/frame/frame-op.ts';
import { paceOf } from '../../simulate/frame/frame-report.ts';
import { FrameSystem } from '../../simulate/frame/frame-system.ts';
import { framePathOf } from '../../simulate/frame/frames-of-board.ts';
import { playTape } from '../../simulate/frame/frame-tape.ts';
import { PS_PER_NS, psFromCycles, type Ps } from '../../units.ts';
import {
  PUBLISHED_FRAMES,
  REPLAY_BOARD,
  type FrameReplay,
  type PublishedFrames,
} from '../measurements/published-frames.ts';

/** Nearer than this is met, in percent of the rate; so is the right whole number of sensor frames. */
const NEAR_PERCENT = 15;
/** Part of the replayed rows that must be met, in percent. */
const BAR_PERCENT = 70;
const ROUNDS = 40;
/** Bytecodes of a loop that ticks, takes a frame and asks for the rate. */
const LOOP_BYTECODES = 40;
/** Published for VGA: 1 ms of hardware and 49 of feeding it (forums.openmv.io topic 1040), a pixel in 160 ns. */
const IDE_PIXEL_NS = 160;

export interface FrameRow {
  readonly id: string;
  readonly measured: number;
  /** Frames a second; null where the row is not replayed. */
  readonly predicted: number | null;
  readonly errorPercent: number | null;
  /** Sensor frames that one of the loop takes, as simulated and as measured. */
  readonly steps: { readonly simulated: number; readonly measured: number } | null;
  readonly isMet: boolean | null;
  /** Why it is not replayed; empty where it is. */
  readonly why: string;
}

export interface FramesValidation {
  readonly rows: readonly FrameRow[];
  readonly replayed: number;
  readonly met: number;
  readonly gates: readonly {
    readonly name: string;
    readonly holds: boolean;
    readonly figure: number;
    readonly bar: number;
  }[];
}

/** Loops of published rates, simulated as their rows describe them. None of them has fitted anything. */
export function validateFrames(): FramesValidation {
  const rows = PUBLISHED_FRAMES.map(rowOf);
  const replayed = rows.filter(({ isMet }) => isMet !== null);
  const met = replayed.filter(({ isMet }) => isMet).length;
  const figure = (100 * met) / replayed.length;
  const name = `percent of the replayed rows within ${NEAR_PERCENT} % or on the right step of the sensor's rate`;
  return {
    ...{ rows, replayed: replayed.length, met },
    gates: [{ name, holds: figure >= BAR_PERCENT, figure, bar: BAR_PERCENT }],
  };
}

function rowOf({ id, fps: measured, replay }: PublishedFrames): FrameRow {
  if (typeof replay === 'string') {
    return { id, measured, predicted: null, errorPercent: null, steps: null, isMet: null, why: replay };
  }
  const board = boardOf(replay);
  const ops = loopOf(replay, board);
  const predicted = paceOf(playTape(ops, board))!.fps;
  const sensorFps = 1e12 / new FrameSystem(board).timingOf(replay).framePs;
  const steps = {
    simulated: Math.round(sensorFps / predicted),
    measured: Math.max(1, Math.round(sensorFps / measured)),
  };
  const errorPercent = 100 * (predicted / measured - 1);
  const isMet = Math.abs(errorPercent) <= NEAR_PERCENT || steps.simulated === steps.measured;
  return { id, measured, predicted, errorPercent, steps, isMet, why: '' };
}

/** The board of these rows; where another sensor's rate is stated, its pixel clock is set to make that. */
function boardOf({ sensorFps, ...shape }: FrameReplay): Board {
  if (sensorFps === undefined) return REPLAY_BOARD;
  const [sensor] = framePathOf(REPLAY_BOARD).sensors;
  if (sensor.kind !== 'readout') throw new Error('the rows are about a sensor with a pixel clock of its own');
  const ownFps = 1e12 / new FrameSystem(REPLAY_BOARD).timingOf(shape).framePs;
  const pixelHz = sensor.pixelHz.value * (sensorFps / ownFps);
  return withFrameConstants(REPLAY_BOARD, { [`sensors.${sensor.id}.pixelHz`]: pixelHz });
}

function loopOf(replay: FrameReplay, board: Board): FrameOp[] {
  const { width, height, isColour } = replay;
  const pixelBytes = framePathOf(board).greyBytes.value * (isColour ? 2 : 1);
  const data = { lines: height, lineBytes: width * pixelBytes };
  const round: FrameOp[] = [work(scriptPs(board), board), { kind: 'capture', isSkipped: false }];
  if (replay.compressesForIde) round.unshift(work(width * height * IDE_PIXEL_NS * PS_PER_NS, board));
  const shape = { width, height, isColour };
  return [{ kind: 'start', shape, data }, ...Array.from({ length: ROUNDS }, () => round).flat()];
}

/** Bytecodes of the loop and the call of `snapshot`. */
function scriptPs(board: Board): Ps {
  const { bytecodeCycles, calls } = board.runtime.script!;
  const cycles = LOOP_BYTECODES * bytecodeCycles.value + calls['sensor.snapshot'].value;
  return psFromCycles(cycles, new FrameSystem(board).coreHz);
}

function work(durationPs: Ps, board: Board): FrameOp {
  const coreCycles = (durationPs * new FrameSystem(board).coreHz) / 1e12;
  return { kind: 'work', coreCycles, durationPs, bytes: 0 };
}
