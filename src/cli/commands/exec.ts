import { ONE_BOARD_OPTION, defineCommand, JSON_OPTION } from '../command.ts';
import type { ExecArgs } from '../exec/script.ts';

const EXEC_OPTIONS = {
  ...ONE_BOARD_OPTION,
  firmware: {
    type: 'string',
    requiresArg: true,
    describe: 'Release of the firmware, e.g. 4.6, one of those in docs/settings.md',
  },
  flash: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'ADDRESS=FILE or ADDRESS=paper:8 in the flash, or a .kfpkg; may be given several times',
  },
  file: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'FILE or PATH=FILE (or PATH=paper:8) among the files that the script finds; several times',
  },
  camera: {
    type: 'string',
    requiresArg: true,
    describe:
      'What the camera sees: a picture, a folder of pictures (.png .pgm .ppm), mnist:test, or mnist:test:paper (ink on paper)',
  },
  device: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'A JSON file of devices on I2C, SPI and UART: registers, readings, texts; may be given several times',
  },
  pulses: { type: 'number', requiresArg: true, describe: 'End when a pin has made so many pulses' },
  seconds: {
    type: 'number',
    requiresArg: true,
    describe: 'End after so much simulated time (default: 10)',
  },
  scope: { type: 'boolean', default: false, describe: 'Show the pin on the oscilloscope' },
  pin: { type: 'string', requiresArg: true, describe: 'Pin to show (default: the busiest)' },
  vcd: { type: 'string', requiresArg: true, describe: 'Write the pins to a VCD file' },
  trace: {
    type: 'string',
    requiresArg: true,
    describe: 'Write units, steps and counters for ui.perfetto.dev',
  },
  lcd: { type: 'string', requiresArg: true, describe: 'Write what the screen shows to a PNG file' },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the files that the script wrote on the board, such as pictures of image.save',
  },
  set: {
    type: 'string',
    requiresArg: true,
    describe: 'Choices of firmware, KEY=VALUE with commas, see docs/settings.md',
  },
  fps: {
    type: 'boolean',
    default: false,
    describe: 'Frames a second, who waits for whom, and what buffers, DMA or faster clocks would give',
  },
  sensor: {
    type: 'string',
    requiresArg: true,
    describe: "Sensor of the camera (default: the board's first)",
  },
  'allow-missing': {
    type: 'boolean',
    default: false,
    describe: 'Let the script catch what is not modelled and go on; names it at the end',
  },
} as const;

const ONE_VALUE = [
  'firmware',
  'board',
  'camera',
  'pulses',
  'seconds',
  'scope',
  'pin',
  'vcd',
  'trace',
  'lcd',
  'out',
  'set',
  'fps',
  'sensor',
  'json',
];

export const execCommand = defineCommand<ExecArgs>({
  command: 'exec <script>',
  describe: 'Run a MicroPython script on a virtual board: pins, pulses, oscilloscope, screen',
  builder: (yargs) =>
    yargs
      .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
      .positional('script', { type: 'string', demandOption: true, describe: 'A .py file' })
      .options({ ...EXEC_OPTIONS, ...JSON_OPTION })
      // Options that take one value and are given twice: the last counts, as in other commands.
      .coerce([...ONE_VALUE], <Value>(value: Value | Value[]) =>
        Array.isArray(value) ? value.at(-1) : value,
      )
      .example('$0 exec main.py -b maixduino --flash 0x300000=m.kfpkg --camera digits/ --scope', 'its pulses')
      .example('$0 exec main.py -b openmv-h7-plus --file net.tflite --camera mnist:test', 'a model in a file')
      .example('$0 exec main.py -b maixduino --flash 0x300000=paper:8 --vcd p.vcd', 'keep its edges')
      .example('$0 exec main.py -b maixduino --trace t.pftrace --lcd out.png --seconds 2', 'and the rest'),
  run: async (args, io) => (await import('../exec/script.ts')).execCommandLine(args, io),
});
