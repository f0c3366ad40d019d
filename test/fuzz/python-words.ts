/*
 * What boards have, as expressions of Python that are there or fail.
 */
/** Boards of three firmwares. */
export const PYTHON_BOARDS = ['maixduino', 'openmv-h7-plus', 'openmv-4.6'] as const;
export type PythonBoard = (typeof PYTHON_BOARDS)[number];

export const VALUES = [
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
    'i',
    'g',
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
export const KEYS = [
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
/** What is there on each board, by the name that the first line of a program says it by. */
export const MODULES: Readonly<Record<PythonBoard, readonly string[]>> = {
  maixduino: ['KPU', 'Maix', 'board', 'fpioa_manager', '_thread', '_timers', '_ports'],
  'openmv-h7-plus': ['pyb', 'omv', 'tf', '_lines', '_timer', '_bus', '_pin'],
  'openmv-4.6': ['pyb', 'omv', 'ml', 'ulab', '_lines', '_timer', '_bus'],
};
export const EVERYWHERE = [
  ...[
    'sensor',
    'image',
    'time',
    'gc',
    'os',
    'sys',
    'machine',
    'lcd',
    'struct',
    'json',
    'math',
    'array',
    'io',
    're',
  ],
  ...['micropython', 'random', 'binascii', 'collections', 'heapq', 'hashlib', 'select', 'cmath', 'errno'],
  ...['_images', '_painting', '_measures', '_buses'],
];
export const OBJECTS_EVERYWHERE = [
  ...['i', 'i', 'i', 'c', 'g', 'b', 'M("sensor").snapshot()', 'i.get_histogram()', 'i.get_statistics()'],
  ...['i.find_blobs([(0, 255)])', 'M("time").clock()', 'M("io").StringIO()', 'M("io").BytesIO(b"1234")'],
  ...[
    'open("/sd/x", "w")',
    'open("/m.bin", "rb")',
    'M("array").array("f", [1, 2])',
    'M("hashlib").sha256(b"")',
  ],
  ...[
    'M("re").compile("(a*)*b")',
    'M("collections").deque((), 3)',
    'M("collections").namedtuple("n", "a b")(1, 2)',
  ],
];
export const OPENMV_OBJECTS = [
  ...[
    'M("pyb").Timer(4, freq=100)',
    'M("pyb").Timer(4, freq=100).channel(1, M("pyb").Timer.PWM, pin=M("pyb").Pin("P7"))',
  ],
  ...[
    'M("pyb").Pin("P7", M("pyb").Pin.OUT_PP)',
    'M("pyb").ADC("P6")',
    'M("pyb").DAC("P6")',
    'M("pyb").LED(1)',
  ],
  ...[
    'M("pyb").UART(3, 115200)',
    'M("pyb").SPI(2, M("pyb").SPI.MASTER)',
    'M("pyb").I2C(2, M("pyb").I2C.MASTER)',
  ],
  ...[
    'M("pyb").RTC()',
    'M("pyb").Servo(1)',
    'M("machine").Pin("P0")',
    'M("machine").I2C(2)',
    'M("machine").SPI(2)',
  ],
  ...['i.find_lines()', 'i.get_regression([(0, 255)])', 'i.compressed()'],
];
export const OBJECTS: Readonly<Record<PythonBoard, readonly string[]>> = {
  maixduino: [
    ...[
      'M("Maix").GPIO(0, 1)',
      'k',
      'k',
      'M("KPU").forward(k, c)',
      'M("KPU").netinfo(k)',
      'M("machine").UART(1, 115200)',
    ],
    ...['M("machine").SPI(1)', 'M("machine").I2C(0)', 'M("machine").Timer(0, 0)', 'M("fpioa_manager").fm'],
  ],
  'openmv-h7-plus': [...OPENMV_OBJECTS, 'M("tf").load("/m.tflite")', 'M("tf").classify("/m.tflite", i)[0]'],
  'openmv-4.6': [
    ...OPENMV_OBJECTS,
    ...['M("ml").Model("/m.tflite")', 'N.zeros((2, 3))', 'N.array([[1, 2], [3, 4]])', 'N.arange(9)', 'N'],
  ],
};
