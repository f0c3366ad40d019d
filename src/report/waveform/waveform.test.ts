import { describe, expect, test } from 'vitest';
import { readScope } from '../../instruments/oscilloscope.ts';
import type { PinEdge } from '../../instruments/pins.ts';
import { drawScopeScreen } from './waveform-svg.ts';
import { formatScope } from './waveform-table.ts';
import { formatWaveform } from './waveform.ts';

const MS = 1e9;

function pulses(...levelsMs: number[]): PinEdge[] {
  return levelsMs.map((ms, at) => ({ atPs: ms * MS, level: (1 - (at % 2)) as 0 | 1 }));
}

const GPIO = { name: 'GPIO0', edges: pulses(1, 2.25, 3.25, 4.5) };

describe('a waveform in text', () => {
  test('has a column a step, edges as +, and time from the trigger on', () => {
    const text = formatWaveform([GPIO], { fromPs: 0, toPs: 5 * MS, triggerPs: MS }, 47);
    // 40 columns of 0.125 ms: edges in columns 8, 18, 26 and 36; 2 ms and 4 ms after the trigger in 24 and 40.
    const name = 'GPIO0  ';
    const blank = ' '.repeat(name.length);
    expect(text.split('\n')).toEqual([
      `${blank}${' '.repeat(8)}T`,
      `${blank}${' '.repeat(8)}+---------+       +---------+`,
      `${name}--------+         +-------+         +---`,
      `${blank}........|...............|..............|`,
      `${blank}${' '.repeat(8)}0 ms            2 ms        4 ms`,
    ]);
  });

  test('shows more edges than fit as #, and a pin that never changes as low', () => {
    const fast = { name: 'fast', edges: pulses(...Array.from({ length: 1000 }, (_, at) => at / 100)) };
    const lines = formatWaveform(
      [fast, { name: 'quiet', edges: [] }],
      { fromPs: 0, toPs: 10 * MS },
      27,
    ).split('\n');
    expect(lines[0]).toBe(`       ${'#'.repeat(20)}`);
    expect(lines[3]).toBe(`quiet  ${'-'.repeat(20)}`);
  });

  test('never is wider than asked, with names of any length', () => {
    const long = { ...GPIO, name: 'a very long name of a pin that nobody wants to read' };
    for (const columns of [30, 60, 100]) {
      const lines = formatWaveform([long], { fromPs: -MS, toPs: 6 * MS, triggerPs: MS }, columns).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  test('of no time shows the names', () => {
    expect(formatWaveform([GPIO], { fromPs: 5, toPs: 5 })).toBe('GPIO0');
  });
});

test('the table shows what the screen shows, beside what no instrument sees', () => {
  const text = formatScope('GPIO0', readScope(GPIO.edges));
  expect(text).toContain(
    'GPIO0 on the oscilloscope: 400 us/div (autoset), 5.000 MSa/s, trigger rising at 1.650 V, 2 records',
  );
  expect(text).toMatch(/\+Width +1\.250ms +1\.250ms +1\.250ms +1\.250ms +2 +1\.250000 ms/);
  expect(text).toMatch(/Period +2\.250ms .* 1 +2\.250000 ms/);
  expect(text).toContain('A sample every 200 ns');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('the table says so where the trigger never fired', () => {
  const text = formatScope('X', readScope([]));
  expect(text).toContain('The trigger never fired');
  expect(text).toMatch(/\+Width +\*{4}/);
});

describe('the screen', () => {
  const draw = (name: string) => drawScopeScreen([{ ...GPIO, name }], readScope(GPIO.edges));

  test('has 16 by 8 divisions, the trigger in the middle and the width of the first pulse', () => {
    const svg = draw('GPIO0');
    expect(svg).toContain('<rect width="640" height="400"');
    // 400 us a division of 40 px: the rise at the middle (320), the fall 1.25 ms = 125 px later, the next 100 px on.
    expect(svg).toContain('H320V');
    expect(svg).toContain('H445V');
    expect(svg).toContain('H545V');
    expect(svg).toContain('+Width 1.250ms</text>');
  });

  test('holds no markup from names', () => {
    const svg = draw('<script>&"\u0007');
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&amp;&quot;?');
  });

  test('stays small however fast the pin is, and shows an untriggered pin too', () => {
    const edges = pulses(...Array.from({ length: 1e5 }, (_, at) => at / 1e4));
    expect(
      drawScopeScreen([{ name: 'fast', edges }], readScope(edges, { timebasePs: 2 * MS })).length,
    ).toBeLessThan(3e5);
    expect(drawScopeScreen([{ name: 'quiet', edges: [] }], readScope([]))).toContain('Ready');
  });

  test('is the same each time', () => {
    expect(draw('GPIO0')).toBe(draw('GPIO0'));
  });
});
