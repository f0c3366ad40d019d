import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../src/engine/trace-record.ts';
import { readScope } from '../src/instruments/oscilloscope.ts';
import { measurePulses, pinEdges } from '../src/instruments/pins.ts';
import { writeVcd } from '../src/instruments/vcd.ts';
import { needs } from './support/needs.ts';

const sigrok = needs('sigrok-cli');
const folder = mkdtempSync(join(tmpdir(), 'inferscope-'));

/** Widths like the paper's, odd picoseconds included, and a second pin that must not disturb. */
const WIDTHS_PS = [1_251_003_712, 1_250_999_999, 39_071_234_567, 1_263_000_001];
const LOW_PS = 1_034_000_333;

function makeTrace(): TraceRecord[] {
  const records: TraceRecord[] = [];
  let nowPs = 1_000_000_250;
  const put = (track: string, value: number) =>
    records.push({ kind: 'pin', track, name: '', atPs: nowPs, value });
  for (const widthPs of WIDTHS_PS) {
    put('GPIO 0', 1);
    nowPs += widthPs;
    put('GPIO 0', 0);
    put('B', 1);
    nowPs += LOW_PS;
    put('B', 0);
  }
  return records;
}

interface Gap {
  readonly samples: number;
  readonly text: string;
}

/** What the timing decoder says of each stretch between two edges. */
function decode(tickPs: number, format: string): Gap[] {
  const path = join(folder, `${tickPs}.vcd`);
  writeFileSync(path, [...writeVcd(makeTrace(), { tickPs })].join(''));
  const options = ['-A', 'timing=time', '--protocol-decoder-samplenum'];
  const { stdout, stderr } = spawnSync(
    'sigrok-cli',
    ['-i', path, '-I', format, '-P', 'timing:data=GPIO_0', ...options],
    { encoding: 'utf8' },
  );
  const lines = stdout.trim().split('\n');
  return lines.map((line) => {
    const [, from, to, text] = /^(\d+)-(\d+) timing-1: (.*)$/.exec(line) ?? [];
    if (text === undefined) throw new Error(`sigrok-cli printed "${line}" ${stderr}`);
    return { samples: Number(to) - Number(from), text };
  });
}

describe.skipIf(sigrok.missing)(
  `a logic analyser that we did not write reads our VCD${sigrok.reason}`,
  () => {
    test('to the nanosecond', () => {
      const widths = decode(1000, 'vcd').filter((_, at) => at % 2 === 0);
      expect(widths).toHaveLength(WIDTHS_PS.length);
      widths.forEach(({ samples }, at) => {
        expect(Math.abs(samples * 1000 - WIDTHS_PS[at]!)).toBeLessThanOrEqual(1000);
      });
    });

    test('as the oscilloscope reads it, to one sample of it', () => {
      const edges = pinEdges(makeTrace(), 'GPIO 0');
      const { samplePs, measurements } = readScope(edges);
      const [width, low] = measurements;
      const gaps = decode(1000, 'vcd').map(({ samples }) => samples / 1e6);
      const [high, between] = [0, 1].map((odd) => gaps.filter((_, at) => at % 2 === odd));
      const sampleMs = samplePs / 1e9;
      expect([width!.read!.count, low!.read!.count]).toEqual([high!.length, between!.length]);
      expect(Math.abs(Math.max(...high!) - width!.read!.max)).toBeLessThanOrEqual(sampleMs);
      expect(Math.abs(Math.min(...high!) - width!.read!.min)).toBeLessThanOrEqual(sampleMs);
      expect(Math.abs(Math.min(...between!) - low!.read!.min)).toBeLessThanOrEqual(sampleMs);
    });

    test('prints the widths that we print', () => {
      const printed = decode(1000, 'vcd').map(({ text }) => text.split(' (')[0]);
      const { widthsPs, lowsPs } = measurePulses(pinEdges(makeTrace(), 'GPIO 0'));
      const ours = widthsPs.flatMap((ps, at) => [ps, lowsPs[at]].filter((span) => span !== undefined));
      expect(printed).toEqual(ours.map((ps) => `${(ps / 1e9).toFixed(3)} ms`));
    });

    test('in picoseconds too, where it is told to downsample', () => {
      const [width] = decode(1, 'vcd:downsample=1000');
      expect(Math.abs(width!.samples * 1000 - WIDTHS_PS[0]!)).toBeLessThanOrEqual(1000);
    });
  },
);
