import type { Board } from '../../boards/board/board.ts';
import { msFromPs, PS_PER_SECOND, type Ps } from '../../units.ts';
import type { FrameOp, StartOp } from './frame-op.ts';
import { framePathOf } from './frames-of-board.ts';
import type { FrameRecord, FrameWaits } from './frame-record.ts';
import { FrameSystem, type FrameSettings } from './frame-system.ts';
import { playTape } from './frame-tape.ts';
import { sensorOf } from './sensor-timing.ts';
import { whatIfs } from './what-if.ts';

export interface FrameSpread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** The pace of a loop over frames, from the first frame that it took to the last. */
export interface FramePace {
  readonly fps: number;
  readonly periodMs: FrameSpread;
  /** Frames that the sensor sent and nobody took, for each that was taken. */
  readonly lostPerFrame: number;
  /** From the start of a frame until it was on the screen; null where nothing was shown. */
  readonly shownAgeMs: FrameSpread | null;
  /** From the start of a frame until the script had it. */
  readonly takenAgeMs: FrameSpread;
}

/** One frame: who waited for whom since the one before, in ms. */
export interface FrameLine {
  readonly sensorFrame: number;
  readonly atMs: number;
  readonly lost: number;
  readonly shownAgeMs: number | null;
  readonly waitsMs: Readonly<Record<FramePart, number>>;
}

export const FRAME_PARTS = ['camera', 'screen', 'bus', 'interrupts', 'inference', 'work', 'sleep'] as const;
export type FramePart = (typeof FRAME_PARTS)[number];

/** The same loop, simulated again with one thing changed. */
export interface WhatIf extends FramePace {
  readonly change: string;
}

export interface FrameReport extends FramePace {
  readonly sensor: string;
  readonly sensorFrameMs: number;
  readonly sensorActiveMs: number;
  readonly buffers: number;
  /** Frames that the script took. */
  readonly taken: number;
  readonly meanWaitsMs: Readonly<Record<FramePart, number>>;
  readonly frames: readonly FrameLine[];
  readonly whatIf: readonly WhatIf[];
}

/** What a script's loop over frames came to; undefined where it took fewer than two. */
export function reportFrames(
  frames: readonly FrameRecord[],
  ops: readonly FrameOp[],
  board: Board,
  settings: FrameSettings,
): FrameReport | undefined {
  const start = ops.findLast((op): op is StartOp => op.kind === 'start');
  const pace = paceOf(frames);
  if (!start || !pace) return undefined;
  const path = framePathOf(board);
  const timing = new FrameSystem(board, { settings }).timingOf(start.shape, start.cameraHz);
  const lines = frames.map(lineOf);
  const buffers = settings.buffers ?? start.buffers ?? path.buffers.value;
  return {
    sensor: sensorOf(path, settings.sensor).id,
    sensorFrameMs: msFromPs(timing.framePs),
    sensorActiveMs: msFromPs(timing.activePs),
    ...{ buffers, taken: frames.length },
    ...pace,
    meanWaitsMs: meanWaits(lines.slice(1)),
    frames: lines,
    whatIf: whatIfs({ board, settings, ops, buffers }).flatMap(({ change, ...other }) => {
      const changed = paceOf(playTape(ops, other.board, { settings: other.settings }));
      return changed ? [{ change, ...changed }] : [];
    }),
  };
}

/** The pace of frames; undefined for fewer than two. */
export function paceOf(frames: readonly FrameRecord[]): FramePace | undefined {
  const first = frames[0];
  const later = frames.slice(1);
  if (later.length === 0) return undefined;
  const shown = later.flatMap(({ shownPs, startPs }) => (shownPs === null ? [] : [shownPs - startPs]));
  const lost = later.reduce((sum, frame) => sum + frame.lost, 0);
  return {
    fps: (later.length * PS_PER_SECOND) / (later.at(-1)!.takenPs - first.takenPs),
    periodMs: spreadMs(later.map(({ takenPs }, at) => takenPs - frames[at].takenPs)),
    lostPerFrame: lost / later.length,
    shownAgeMs: shown.length > 0 ? spreadMs(shown) : null,
    takenAgeMs: spreadMs(later.map(({ takenPs, startPs }) => takenPs - startPs)),
  };
}

function lineOf({ number, takenPs, lost, shownPs, startPs, waits }: FrameRecord): FrameLine {
  return {
    ...{ sensorFrame: number, atMs: msFromPs(takenPs), lost, waitsMs: partsMs(waits) },
    shownAgeMs: shownPs === null ? null : msFromPs(shownPs - startPs),
  };
}

function partsMs(waits: FrameWaits): Record<FramePart, number> {
  return {
    camera: msFromPs(waits.cameraPs),
    screen: msFromPs(waits.screenPs),
    bus: msFromPs(waits.busPs),
    interrupts: msFromPs(waits.interruptPs),
    inference: msFromPs(waits.inferencePs),
    work: msFromPs(waits.workPs),
    sleep: msFromPs(waits.sleepPs),
  };
}

function meanWaits(lines: readonly FrameLine[]): Record<FramePart, number> {
  const mean = (part: FramePart) => lines.reduce((sum, line) => sum + line.waitsMs[part], 0) / lines.length;
  return Object.fromEntries(FRAME_PARTS.map((part) => [part, mean(part)])) as Record<FramePart, number>;
}

function spreadMs(spansPs: readonly Ps[]): FrameSpread {
  const sum = spansPs.reduce((total, ps) => total + ps, 0);
  return {
    min: msFromPs(spansPs.reduce((least, ps) => Math.min(least, ps), Infinity)),
    mean: msFromPs(sum / spansPs.length),
    max: msFromPs(spansPs.reduce((most, ps) => Math.max(most, ps), 0)),
  };
}
