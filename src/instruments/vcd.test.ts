import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../engine/trace-record.ts';
import { FormatError } from '../errors.ts';
import { measureLevels } from './pulse-meter.ts';
import { readVcd } from './read-vcd.ts';
import { vcdId, vcdName, writeVcd, type VcdOptions } from './vcd.ts';

const pin = (track: string, atPs: number, value: number): TraceRecord => ({
  kind: 'pin',
  track,
  name: '',
  atPs,
  value,
});
const span = (track: string, name: string, atPs: number, value: number): TraceRecord => ({
  kind: 'span',
  track,
  name,
  atPs,
  value,
});
const write = (records: TraceRecord[], options?: VcdOptions) => [...writeVcd(records, options)].join('');

test('pins are bits, in ns, with an initial level', () => {
  const records = [pin('GPIO 0', 1000, 1), pin('B', 2499, 1), pin('GPIO 0', 2500, 0)];
  expect(write(records)).toBe(`$version inferscope $end
$timescale 1 ns $end
$scope module inferscope $end
$var wire 1 ! GPIO_0 $end
$var wire 1 " B $end
$upscope $end
$enddefinitions $end
#0
$dumpvars
0!
0"
$end
#1
1!
#2
1"
#3
0!
`);
});

test('in full, units are strings that show the innermost step, and counters are reals', () => {
  const records: TraceRecord[] = [
    span('kpu', 'conv 0', 10, 20),
    span('core', 'inner step', 12, 3),
    span('core', 'call', 10, 10),
    { kind: 'counter', track: 'bus load', name: '', atPs: 11, value: 0.5 },
    { kind: 'instant', track: 'core', name: 'irq', atPs: 13, value: 0 },
  ];
  const body = write(records, { mode: 'full' }).split('$end\n').at(-1);
  expect(write(records, { mode: 'full' })).toContain('$timescale 1 ps $end');
  expect(body!.trim().split('\n')).toEqual([
    ...['#10', 'sconv_0 !', 'scall "', '#11', 'r0.5 #', '#12', 'sinner_step "'],
    ...['#15', 'scall "', '#20', 's- "', '#30', 's- !'],
  ]);
});

test('names become legal and stay apart; ids go on after 94', () => {
  expect(['GPIO 0', 'a.b[3]', '7', 'é', ''].map(vcdName)).toEqual(['GPIO_0', 'a_b_3_', '_7', '_', '_']);
  expect(write([pin('A B', 1, 1), pin('A_B', 1, 1)])).toContain('$var wire 1 " A_B_2 $end');
  const ids = Array.from({ length: 9000 }, (_, at) => vcdId(at));
  expect([ids[0], ids[93], ids[94], new Set(ids).size]).toEqual(['!', '~', '!!', 9000]);
});

test('a tick that is no power of ten is rejected', () => {
  expect(() => write([], { tickPs: 3 })).toThrow(RangeError);
});

test('what is written is read back, to the picosecond where asked', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(gaps, (gapsPs) => {
      let atPs = 0;
      const records = gapsPs.map((gap, at) => pin('P', (atPs += gap), 1 - (at % 2)));
      const { levels, tickPs } = readVcd(write(records, { tickPs: 1 }));
      expect(tickPs).toBe(1);
      expect(levels.get('!')!.slice(1)).toEqual(records.map((r) => ({ atPs: r.atPs, level: r.value })));
    }),
  );
});

const HEAD =
  '$timescale 10 ns $end $scope module top $end $var wire 1 ! A $end $upscope $end $enddefinitions $end';

describe('other writers', () => {
  test('may put everything on one line, and declare vectors', () => {
    const head = HEAD.replace('$upscope', '$var reg 8 # bus [7:0] $end $var real 64 % r $end $upscope');
    const { levels, variables, endPs } = readVcd(`${head} #0 0! b101 # r1.5 % #5 1! #7 0! #9`);
    expect(variables.map(({ path }) => path)).toEqual(['top.A', 'top.bus[7:0]', 'top.r']);
    expect(measureLevels(levels.get('!')!)).toEqual({ widthsPs: [20000], lowsPs: [], periodsPs: [] });
    expect(endPs).toBe(90000);
  });

  test('may leave levels unknown: a pulse with an unknown end does not count', () => {
    const { levels } = readVcd(`${HEAD}\n#0\nx!\n#1\n1!\n#2\n0!\n#3\n1!\n#4\n0!\n#5\n1!\n#6\nz!\n#7\n0!`);
    expect(measureLevels(levels.get('!')!)).toEqual({
      widthsPs: [10000],
      lowsPs: [10000, 10000],
      periodsPs: [20000],
    });
  });

  test('may end lines with CR LF, and comment', () => {
    const text = `$comment a $var b $end\r\n${HEAD}\r\n#1\r\n1!\r\n$comment x $end\r\n#3\r\n0!\r\n`;
    expect(measureLevels(readVcd(text).levels.get('!')!).widthsPs).toEqual([20000]);
  });
});

describe('a file that is wrong is told with its line', () => {
  test.each([
    ['nothing', '', /^vcd: is empty/],
    ['blanks', ' \n\n', /^vcd: is empty/],
    ['text', 'hello world', /^vcd: line 1: "hello" is no section/],
    ['bytes', '$date\0', /^vcd: is a binary file/],
    ['a header without an end', '$timescale 1 ns $end', /line 1: the file ends in its header/],
    ['a section without an end', '$timescale\n1 ns\n', /line 3: the file ends within \$timescale/],
    ['no timescale', '$enddefinitions $end', /line 1: the header ends without \$timescale/],
    ['an odd timescale', '$timescale 3 ns $end', /line 1: \$timescale "3ns": expected/],
    ['time that goes back', `${HEAD}\n#5\n1!\n#4\n0!`, /line 4: time goes back from #5 to #4/],
    ['a time that is none', `${HEAD}\n#abc`, /line 2: "#abc" is no time/],
    ['a negative time', `${HEAD}\n#-5`, /line 2: "#-5" is no time/],
    ['a time past all clocks', `${HEAD}\n#999999999999`, /later than the 2\.5 hours/],
    ['an unknown id', `${HEAD}\n#1\n1?`, /line 3: a value for "\?", which no \$var declares/],
    ['no value', `${HEAD}\n#1\nhello`, /line 3: "hello" is no value change/],
    ['a vector without id', `${HEAD}\n#1\nb101`, /line 3: the file ends behind "b101"/],
    ['half a variable', '$var wire 1 $end', /line 1: \$var needs/],
    ['deep scopes', '$scope module a $end '.repeat(200), /line 1: scopes nest deeper than 100/],
    ['a long line', 'x'.repeat(2e6), /line 1: is longer than/],
  ])('%s', (_, text, message) => {
    expect(() => readVcd(text)).toThrow(FormatError);
    expect(() => readVcd(text)).toThrow(message);
  });

  test('garbage of any kind is a FormatError in one line, or a file', () => {
    const tokens = fc.constantFrom(
      '#0',
      '#9',
      '#1',
      '0!',
      '1!',
      'x!',
      'b1 !',
      '$end',
      '$var',
      '$comment',
      '$dumpvars',
      'é\u0000',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(tokens), fc.boolean(), (parts, hasHead) => {
        try {
          readVcd(`${hasHead ? HEAD : ''} ${parts.join(' ')}`);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          expect((error as Error).message).toMatch(/^vcd: [^\n]+$/);
        }
      }),
    );
  });
});
