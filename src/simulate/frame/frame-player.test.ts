import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { deploy } from '../../deploy/index.ts';
import { Trace } from '../../engine/trace.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { psFromCycles } from '../../units.ts';
import { Machine } from '../machine.ts';
import { scheduleProgram } from '../schedule.ts';
import type { FrameOp } from './frame-op.ts';
import { paceOf } from './frame-report.ts';
import { FrameSystem, type FrameSettings, type FrameSystemOptions } from './frame-system.ts';
import { playTape } from './frame-tape.ts';
import { inferenceWork } from './inference-work.ts';
import { sinkOf } from './span-sink.ts';

const maixduino = boardById('maixduino');
const openmv = boardById('openmv-h7-plus');
const MS = 1e9;

const start: FrameOp = {
  kind: 'start',
  shape: { width: 320, height: 240, isColour: true },
  data: { lines: 240, lineBytes: 1600 },
};
const capture: FrameOp = { kind: 'capture', isSkipped: false };
const work = (durationPs: number, bytes = 0): FrameOp => {
  return { kind: 'work', coreCycles: durationPs * 400e-6, durationPs, bytes };
};
const picture: FrameOp = { kind: 'send', bytes: 153_600, isFill: false, askedHz: 15e6 };

function loop(rounds: number, ...body: FrameOp[]): FrameOp[] {
  return [start, ...Array.from({ length: rounds }, () => [capture, ...body]).flat()];
}

const play = (ops: readonly FrameOp[], settings: FrameSettings = {}, board = maixduino) =>
  playTape(ops, board, { settings });
const periodsOf = (ops: readonly FrameOp[], settings: FrameSettings = {}, board = maixduino) =>
  play(ops, settings, board)
    .map(({ takenPs }, at, frames) => takenPs - (frames[at - 1]?.takenPs ?? 0))
    .slice(1);

// The default sensor of the board at a camera clock of 25 MHz, 200 MHz over 8.
const T = psFromCycles(2 * (106 + 66 + 648 + 4) * 500, 25e6);
const TA = (T * 488) / 500;

describe('one frame buffer', () => {
  it('makes a loop a whole number of sensor frames: T ceil((Ta + Tp) / T)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150_000 }), (workUs) => {
        const steps = (TA + workUs * 1e6) / T;
        // Within a line's transfer of a step, the memory decides.
        fc.pre(Math.abs(steps - Math.round(steps)) > 1e-3);
        const periods = periodsOf(loop(4, work(workUs * 1e6)));
        expect(new Set(periods)).toEqual(new Set([T * Math.ceil(steps)]));
      }),
      { numRuns: 40 },
    );
  });

  it('loses a frame for each that it takes where the work is longer than the blanking', () => {
    const { lostPerFrame } = paceOf(play(loop(10, work(5 * MS))))!;
    expect(lostPerFrame).toBe(1);
  });
});

describe('more frame buffers', () => {
  it('two let a loop go at its own pace where the work takes two frames and more', () => {
    const periods = periodsOf(loop(8, work(2.5 * T)), { buffers: 2 }).slice(2);
    for (const period of periods) expect(period / (2.5 * T)).toBeCloseTo(1, 2);
  });

  it('two beat between one frame and two where the work takes more than one', () => {
    const periods = periodsOf(loop(60, work(1.4 * T)), { buffers: 2 }).slice(5);
    const mean = periods.reduce((sum, period) => sum + period, 0) / periods.length;
    expect(Math.min(...periods)).toBeGreaterThan(1.39 * T);
    expect(Math.max(...periods)).toBeLessThan(2.01 * T);
    expect(mean).toBeGreaterThan(1.4 * T);
  });

  it('three make a loop as fast as the slower of sensor and work', () => {
    const short = periodsOf(loop(20, work(3 * MS)), { buffers: 3 }, openmv).slice(5);
    for (const period of short) expect(period / MS).toBeCloseTo((1716 * 1000) / 80e3, 1);
    const long = periodsOf(loop(20, work(30 * MS)), { buffers: 3 }, openmv).slice(5);
    // An interrupt of a microsecond a line takes the core meanwhile.
    for (const period of long) expect(period / MS).toBeCloseTo(30 * (1 + (240 * 1e-3) / 21.45), 1);
  });

  it('make pictures older', () => {
    const age = (buffers: number) =>
      paceOf(play(loop(20, work(2.5 * T), picture), { buffers }))!.shownAgeMs!.mean;
    expect(age(2)).toBeGreaterThan(age(1));
  });
});

describe('the screen', () => {
  // 153,600 bytes, one a clock, at 400 MHz over 26.
  const sendPs = psFromCycles(153_600, 400e6 / 26);

  it('holds the core up for as long as its bus takes, and a first read of memory', () => {
    const [, frame] = play(loop(3, picture));
    expect(frame.waits.screenPs).toBeGreaterThanOrEqual(sendPs - 1000);
    expect(frame.waits.screenPs).toBeLessThan(sendPs + 2e6);
  });

  it('holds it up no more where it is sent behind, unless it is busy still', () => {
    const waits = (workPs: number) =>
      play(loop(4, work(workPs), picture), { sendsBehind: true })[2].waits.screenPs;
    expect(waits(20 * MS)).toBe(0);
    const twice = play([start, capture, picture, picture, capture], { sendsBehind: true })[1].waits.screenPs;
    expect(twice / sendPs).toBeCloseTo(1, 2);
  });
});

describe('an inference', () => {
  const program = deploy(paperCnn({ filters: 4 }), maixduino);
  const durationPs = new Machine(maixduino).run(scheduleProgram(program, maixduino));
  const inference: FrameOp = { kind: 'inference', program, board: maixduino, durationPs };

  it('takes what predict says, to the picosecond, where nothing else moves', () => {
    const [, frame] = play(loop(2, inference));
    expect(frame.waits).toMatchObject({ inferencePs: durationPs, busPs: 0, interruptPs: 0 });
  });

  it('takes it as well with each of its bytes moved through an idle memory', () => {
    const system = new FrameSystem(maixduino);
    const delays = inferenceWork(program, maixduino).map((step) => system.work(step));
    expect(system.nowPs).toBe(durationPs);
    expect(new Set(delays.map(({ busPs, interruptPs }) => busPs + interruptPs))).toEqual(new Set([0]));
  });

  it('takes longer where the camera writes at the same time, and by less than the camera moves', () => {
    const frames = play(loop(10, ...Array<FrameOp>(40).fill(inference)), { buffers: 2 }).slice(1);
    const busPs = frames.reduce((sum, { waits }) => sum + waits.busPs, 0);
    expect(busPs).toBeGreaterThan(0);
    expect(busPs).toBeLessThan(frames.length * psFromCycles((384_000 * 24) / 64, 400e6));
  });
});

describe('a trace of frames', () => {
  const ops = loop(6, work(7 * MS, 300_000), picture, work(3 * MS));
  const hashOf = (options: FrameSystemOptions) => {
    const trace = new Trace(2 ** 16);
    playTape(ops, maixduino, { ...options, sink: sinkOf(trace) });
    return bytesToHex(sha256(trace.toBytes()));
  };

  it.each([{}, { buffers: 2 }, { buffers: 3, sendsBehind: true }])(
    'is the same whatever the order of equal instants, with %j',
    (settings) => {
      const plain = hashOf({ settings });
      for (const shuffleTies of [1, 2, 3, 4, 5, 6]) expect(hashOf({ settings, shuffleTies })).toBe(plain);
    },
  );
});
