import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly what: string;
  readonly loo: boolean;
  readonly lono: boolean;
  readonly lobo: boolean;
  readonly ops: boolean;
  readonly coverage: boolean;
  readonly energy: boolean;
  readonly gate: boolean;
  readonly measured: string | undefined;
  readonly golden: string | undefined;
  readonly model: string | undefined;
  readonly board: string | undefined;
  readonly kernels: string | undefined;
  readonly only: string | undefined;
  readonly json: boolean;
}

const OPS_OPTIONS = {
  board: {
    alias: 'b',
    type: 'string',
    requiresArg: true,
    describe: 'ops: where the files would run (default: the first board with TensorFlow Lite Micro)',
  },
  kernels: { type: 'string', requiresArg: true, describe: 'ops: kernel library (default: tflm-reference)' },
  only: { type: 'string', requiresArg: true, describe: 'ops: only files whose names fit, such as "op-pad*"' },
} as const;

const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;

const EXTERNAL_OPTIONS = {
  lono: flag('external: predict each network by a fit that has not seen it on any board'),
  lobo: flag('external: predict each board by a fit that has not seen it'),
  coverage: flag('external: each row by fits without its network on its board, and without its board'),
  ops: flag('external: single operators in place of whole networks'),
  energy: flag('external: energy of an inference, in uJ, in place of its time'),
};

const SUBJECTS = ['paper', 'k210-layers', 'm7-counts', 'counts', 'kpu', 'ops', 'external', 'frames'] as const;

export const validateCommand = defineCommand<Args>({
  command: 'validate <what>',
  describe: 'Predictions against what others measured, with the bars that they must clear',
  builder: (yargs) =>
    yargs
      .positional('what', { choices: SUBJECTS, demandOption: true, describe: 'What to compare with' })
      .options({
        loo: { type: 'boolean', default: false, describe: 'paper: also list each held-out row' },
        ...EXTERNAL_OPTIONS,
        gate: { type: 'boolean', default: false, describe: 'Exit 1 if a bar is missed' },
        measured: {
          type: 'string',
          requiresArg: true,
          describe:
            'm7-counts: your own CSV with the columns of data/instruction-counts.csv; ' +
            'counts: with those of data/instruction-counts-2.csv; external: with those of data/measured.csv',
        },
        golden: {
          type: 'string',
          requiresArg: true,
          describe:
            "kpu: JSON file of layers and the bytes that the vendor's code computes for them; " +
            'ops: JSON file of what TensorFlow Lite Micro does with the .tflite files beside it',
        },
        model: {
          type: 'string',
          requiresArg: true,
          describe: 'kpu: the kmodel that the golden file is about',
        },
        ...OPS_OPTIONS,
        ...JSON_OPTION,
      })
      .example('$0 validate paper --loo', 'each point predicted by a fit that has not seen it')
      .example('$0 validate frames', 'published rates of camera loops, and why a row is not replayed')
      .example('$0 validate k210-layers --gate', 'published layer timings; exit 1 on a miss')
      .example('$0 validate counts --gate', 'instructions of every core and library; exit 1 on a miss')
      .example('$0 validate external --lobo', 'published times on boards that the fit has not seen')
      .example('$0 validate kpu --golden kpu-layers.json --gate', 'the KPU, byte for byte, in both tie modes')
      .example(
        '$0 validate ops --golden ops/golden.json --only "op-pad*"',
        'single operators, byte for byte, and what is refused',
      ),
  run: async ({ what, gate, json, ...options }, io) => {
    const { validate } = await import('../validations.ts');
    const { document, text, misses } = await validate(what, options);
    if (json) writeJson(io, document);
    else writeLine(io, text());
    if (!gate || misses.length === 0) return 0;
    io.err(`inferscope: ${misses.length} of the bars missed: ${misses.join('; ')}\n`);
    return 1;
  },
});
