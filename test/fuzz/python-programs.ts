import { below, pick, type Draw } from './mutate.ts';
import { programOf, times } from './programs.ts';
import { CALLS, CALLS_EVERYWHERE } from './python-calls.ts';
import {
  EVERYWHERE,
  KEYS,
  MODULES,
  OBJECTS,
  OBJECTS_EVERYWHERE,
  PYTHON_BOARDS,
  type PythonBoard,
  VALUES,
} from './python-words.ts';

/** What takes the time that is there, or ends the script. */
const WAITING = [
  'exit',
  'sleep',
  'sleep_ms',
  'sleep_us',
  'deepsleep',
  'lightsleep',
  'standby',
  'stop',
  'reset',
];
const ALSO_WAITING = ['hard_reset', 'delay', 'udelay', 'wfi', 'idle', 'skip_frames', 'set_time'];
const START = [
  'def M(n):\n  m = __import__(n)\n  return m',
  `W = ${JSON.stringify([...WAITING, ...ALSO_WAITING])}`,
  'def G(o, n):\n  d = [k for k in dir(o) if k not in W and k != "__class__"]\n  return getattr(o, d[n % len(d)])',
  'def E(e):\n  print("=", type(e).__name__, str(e)[:60])',
  'i = c = g = b = k = y = N = o = None',
];
/** What the statements find, each where it is there. */
const FIXTURES = [
  'import sensor; sensor.reset(); sensor.set_pixformat(sensor.GRAYSCALE); sensor.set_framesize(sensor.QQVGA)',
  'import sensor; i = sensor.snapshot()',
  'import image; g = image.Image(8, 8, image.GRAYSCALE); c = image.Image(16, 12, image.RGB565)',
  'import image; b = image.Image(9, 7, image.RGB565).clear()',
  'import image, KPU; g = image.Image(14, 14); c = image.Image(14, 14); c.pix_to_ai(); k = KPU.load(0x300000)',
  'import KPU; y = KPU.load(0x400000)',
  'from ulab import numpy as N',
];
const EXTREMES = [
  '0',
  '-1',
  '2',
  '255',
  '1000',
  '65536',
  '-2**31',
  '2**31',
  '10**12',
  '0.5',
  '1e300',
  'float("nan")',
  'None',
];

function value(board: PythonBoard, draw: Draw): string {
  const kind = below(draw, 8);
  if (kind === 0) return `[${value(board, draw)}, ${value(board, draw)}]`;
  return kind === 1 ? object(board, draw) : pick(draw, VALUES);
}

function object(board: PythonBoard, draw: Draw): string {
  return pick(draw, draw() % 2 ? OBJECTS_EVERYWHERE : OBJECTS[board]);
}

/** One of what a thing has, with arguments that do not fit. */
function oddCall(board: PythonBoard, draw: Draw): string {
  const module = () => `M("${pick(draw, draw() % 3 ? MODULES[board] : EVERYWHERE)}")`;
  const place = draw() % 3 ? object(board, draw) : module();
  const args = times(below(draw, 5), () => value(board, draw));
  if (draw() % 3 === 0) args.push(`${pick(draw, KEYS)}=${value(board, draw)}`);
  return `o = G(${draw() % 4 ? place : 'o'}, ${below(draw, 200)})(${args.join(', ')})`;
}

/** An argument whose number is another one, or that is another value under its name. */
function otherArgument(argument: string, board: PythonBoard, draw: Draw): string {
  const numbers = [...argument.matchAll(/(?<![\w."])\d[\w.]*/g)];
  if (numbers.length > 0 && draw() % 3) {
    const { 0: number, index } = pick(draw, numbers);
    return argument.slice(0, index) + pick(draw, EXTREMES) + argument.slice(index + number.length);
  }
  return (/^\w+=/.exec(argument)?.[0] ?? '') + value(board, draw);
}

/** A call that works, or that works but for one or two of its arguments. */
function goodCall(board: PythonBoard, draw: Draw): string {
  const [call, ...args] = pick(draw, draw() % 3 ? CALLS[board] : CALLS_EVERYWHERE);
  for (let left = below(draw, 3); left > 0 && args.length > 0; left--) {
    const at = below(draw, args.length);
    const kind = below(draw, 8);
    if (kind === 0) args.splice(at, 1);
    else if (kind === 1) args.push(`${pick(draw, KEYS)}=${value(board, draw)}`);
    else args[at] = otherArgument(args[at]!, board, draw);
  }
  return `o = ${call}(${args.join(', ')})`;
}

function statement(board: PythonBoard, draw: Draw): string {
  const kind = below(draw, 16);
  if (kind === 0) return `str(${value(board, draw)}); repr(o)`;
  if (kind === 1) return `o = o[${value(board, draw)}]`;
  if (kind === 2) {
    const operator = pick(draw, ['+', '*', '%', '<<', '**', 'in', '<', '//', '@', '|', '>>', '-', '==']);
    return `o = ${value(board, draw)} ${operator} ${value(board, draw)}`;
  }
  if (kind === 3) return `setattr(${object(board, draw)}, "x", ${value(board, draw)})`;
  return kind < 11 ? goodCall(board, draw) : oddCall(board, draw);
}

/** A script that calls whatever modules and objects of a board have, and says what they throw. */
export function pythonProgram(draw: Draw): Uint8Array {
  const board = pick(draw, PYTHON_BOARDS);
  const lines = [...FIXTURES, ...times(1 + below(draw, 60), () => statement(board, draw))];
  const calls = lines.map((line) => `try:\n  ${line}\nexcept Exception as e:\n  E(e)`);
  return programOf([`# ${board}`, ...START, ...calls]);
}
