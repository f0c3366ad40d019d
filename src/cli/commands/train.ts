import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';

interface Args {
  readonly paper: boolean;
  readonly filters: number | undefined;
  readonly kernel: number | undefined;
  readonly side: number | undefined;
  readonly batchnorm: boolean;
  readonly pool: 'max' | 'avg' | undefined;
  readonly layers: string | undefined;
  readonly epochs: number;
  readonly batch: number | undefined;
  readonly learningRate: number | undefined;
  readonly seed: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

const NUMBER = { type: 'number', requiresArg: true } as const;
const BATCH = 128;

const TRAIN_OPTIONS = {
  filters: { ...NUMBER, describe: 'Filters of the convolution (8)' },
  kernel: { ...NUMBER, describe: "Side of the convolution's kernel (3)" },
  side: { ...NUMBER, alias: 'size', describe: 'Side of the images in pixels (14)' },
  batchnorm: { type: 'boolean', default: false, describe: 'Batch normalization after the convolution' },
  pool: {
    choices: ['max', 'avg'],
    requiresArg: true,
    describe: 'Pooling of 2x2 pixels before the dense layer',
  },
  layers: { type: 'string', requiresArg: true, describe: 'Any chain instead: "conv 8 3x3 same relu | ..."' },
  epochs: { ...NUMBER, default: 12, describe: 'Passes over the training images' },
  batch: { ...NUMBER, describe: `Images in a step (${BATCH})` },
  'learning-rate': { ...NUMBER, describe: "Adam's step (0.001)" },
  seed: { ...NUMBER, default: 1, describe: 'Of the first weights and of the order of the images' },
  out: { type: 'string', requiresArg: true, describe: 'The .tflite to write; with --paper a folder' },
  paper: { type: 'boolean', default: false, describe: "The paper's ten networks, one a thread" },
} as const;

export const trainCommand = defineCommand<Args>({
  command: 'train',
  describe: 'Train a network on the digits of MNIST and write it as a .tflite',
  builder: (yargs) =>
    yargs
      .options({ ...TRAIN_OPTIONS, ...JSON_OPTION })
      .example(
        '$0 train --filters 8 --out m.tflite',
        "the paper's network with 8 filters; Ctrl-C keeps the last epoch",
      )
      .example(
        '$0 train --filters 8 --batchnorm --pool max --out m.tflite',
        'layers that an accelerator fuses',
      )
      .example(
        '$0 train --layers "conv 4 5x5 same relu | maxpool 2x2 | flatten | dense 10" --out m.tflite',
        'a chain',
      )
      .example('$0 train --paper --out networks', 'all ten of the paper'),
  run: async (args, io) => {
    await (args.paper ? runTen(args, io) : runOne(args, io));
    return 0;
  },
});

async function runOne(args: Args, io: Io): Promise<void> {
  const { SpecError } = await import('../../errors.ts');
  const { out, epochs, seed, batch = BATCH, learningRate, json } = args;
  if (out === undefined) throw new SpecError('train needs --out FILE, the .tflite to write');
  const { planTraining } = await import('../train/train-options.ts');
  const { trainOne } = await import('../train/train-one.ts');
  const plan = planTraining(args, batch);
  const settings = { epochs, seed, batch, ...(learningRate !== undefined && { learningRate }) };
  const summary = await trainOne(plan, settings, out, io);
  if (json) writeJson(io, summary);
  else writeLine(io, (await import('../../report/training/training-text.ts')).formatTraining(summary));
}

const ONLY_ONE = [
  'filters',
  'kernel',
  'side',
  'batchnorm',
  'pool',
  'layers',
  'batch',
  'learningRate',
] as const;

async function runTen(args: Args, io: Io): Promise<void> {
  const { SpecError } = await import('../../errors.ts');
  const stray = ONLY_ONE.find((option) => args[option] !== undefined && args[option] !== false);
  if (stray !== undefined) {
    const option = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new SpecError(`--paper trains the paper's ten networks as they are; leave out --${option}`);
  }
  const { trainTenToFolder } = await import('../train/train-ten.ts');
  const summary = await trainTenToFolder(args, args.out ?? 'paper-networks', io);
  if (args.json) writeJson(io, summary);
  else writeLine(io, (await import('../../report/training/training-text.ts')).formatTrainings(summary));
}
