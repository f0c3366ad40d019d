import { below, pick, type Draw } from './mutate.ts';
import { programOf, times } from './programs.ts';

const PYTHON_VALUES = [
  ...[
    'None',
    'True',
    '0',
    '1',
    '-1',
    '3',
    '2**31',
    '-2**31',
    '2**64',
    '10**30',
    '0.5',
    '1e300',
    'float("nan")',
    'float("inf")',
  ],
  ...[
    '""',
    '"x"',
    '"\\x00"',
    '"ab" * 500',
    'b""',
    'b"abc"',
    'bytearray(8)',
    '[]',
    '[1, 2]',
    '(0, 0, 4, 4)',
    '(1, 2)',
    '{}',
  ],
  ...[
    '[(0, 100, -20, 20, -20, 20)]',
    'print',
    'lambda *a: None',
    'o',
    'object()',
    'range(3)',
    '"/sd/x"',
    '"/flash/x.bmp"',
  ],
  ...[
    '"paper.kmodel"',
    '0x300000',
    '[[0] * 3] * 3',
    'memoryview(b"12")',
    'iter([1])',
    '"LED_BLUE"',
    '"P7"',
    '(1, 1, 10**9, 10**9)',
  ],
];
const PYTHON_KEYS = [
  'roi',
  'mask',
  'value',
  'freq',
  'pin',
  'mode',
  'callback',
  'x_scale',
  'threshold',
  'color',
  'timeout',
  'copy',
  'scale',
];
/** What is there on each board; names that one lacks are passed over. */
const PYTHON_THINGS = [
  ...[
    'sensor',
    'image',
    'time',
    'utime',
    'gc',
    'os',
    'sys',
    'machine',
    'pyb',
    'tf',
    'ml',
    'lcd',
    'KPU',
    'Maix',
    'omv',
    'ulab',
  ],
  ...[
    'board',
    'fpioa_manager',
    'struct',
    'json',
    'math',
    'array',
    'micropython',
    'uasyncio',
    'random',
    'binascii',
    'io',
    're',
  ],
];
const PYTHON_OBJECTS = [
  ...[
    'M("sensor").snapshot()',
    'M("image").Image(8, 8, M("image").GRAYSCALE)',
    'M("image").Image(16, 12, M("image").RGB565)',
  ],
  ...[
    'M("image").Image()',
    'M("pyb").Timer(4, freq=100)',
    'M("pyb").Pin("P7", M("pyb").Pin.OUT_PP)',
    'M("pyb").ADC("P6")',
    'M("pyb").LED(1)',
  ],
  ...[
    'M("pyb").UART(3, 115200)',
    'M("pyb").SPI(2)',
    'M("pyb").I2C(2)',
    'M("pyb").RTC()',
    'M("machine").Pin("P0")',
    'M("machine").I2C(1)',
  ],
  ...[
    'M("Maix").GPIO(0, 1)',
    'M("KPU").load(0x300000)',
    'M("machine").UART(1, 115200)',
    'M("machine").SPI(1)',
    'M("machine").Timer(0, 0)',
  ],
  ...[
    'M("ulab").numpy.zeros((2, 3))',
    'M("time").clock()',
    'M("io").StringIO()',
    'M("fpioa_manager").fm',
    'M("sensor").snapshot().get_histogram()',
  ],
  ...[
    'M("sensor").snapshot().get_statistics()',
    'M("sensor").snapshot().find_blobs([(0, 255)])',
    'open("/sd/x", "w")',
    'M("image").Image(8, 8, 1)',
  ],
];
const PYTHON_START = [
  'def M(n):\n  m = __import__(n)\n  return m',
  'def G(o, n):\n  d = [k for k in dir(o) if k not in ("exit", "sleep", "deepsleep", "stop", "reset", "hard_reset")]\n  return getattr(o, d[n % len(d)])',
  'try:\n  import sensor\n  sensor.reset()\n  sensor.set_pixformat(sensor.GRAYSCALE)\n  sensor.set_framesize(sensor.QQVGA)\nexcept Exception:\n  pass',
  'o = None',
];

function pythonValue(draw: Draw): string {
  const kind = below(draw, 8);
  if (kind === 0) return `[${pythonValue(draw)}, ${pythonValue(draw)}]`;
  return kind === 1 ? pick(draw, PYTHON_OBJECTS) : pick(draw, PYTHON_VALUES);
}

function pythonCall(draw: Draw): string {
  const place = draw() % 3 ? pick(draw, PYTHON_OBJECTS) : `M("${pick(draw, PYTHON_THINGS)}")`;
  const args = times(below(draw, 5), () => pythonValue(draw));
  if (draw() % 3 === 0) args.push(`${pick(draw, PYTHON_KEYS)}=${pythonValue(draw)}`);
  return `o = G(${draw() % 4 ? place : 'o'}, ${below(draw, 200)})(${args.join(', ')})`;
}

function pythonStatement(draw: Draw): string {
  const kind = below(draw, 12);
  if (kind === 0) return `str(${pythonValue(draw)}); repr(o)`;
  if (kind === 1) return `o = o[${pythonValue(draw)}]`;
  if (kind === 2)
    return `o = ${pythonValue(draw)} ${pick(draw, ['+', '*', '%', '<<', '**', 'in', '<'])} ${pythonValue(draw)}`;
  if (kind === 3) return `setattr(${pick(draw, PYTHON_OBJECTS)}, "x", ${pythonValue(draw)})`;
  return pythonCall(draw);
}

/** A script that calls whatever modules and objects of a board have, with arguments that do not fit. */
export function pythonProgram(draw: Draw): Uint8Array {
  const calls = times(
    1 + below(draw, 60),
    () => `try:\n  ${pythonStatement(draw)}\nexcept Exception:\n  pass`,
  );
  return programOf([...PYTHON_START, ...calls]);
}
