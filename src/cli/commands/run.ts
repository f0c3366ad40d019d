import type { Board } from '../../boards/board/board.ts';
import type { Executor } from '../../kernels/execute/executor.ts';
import type { TieMode } from '../../kernels/kpu/kpu-conv2d/index.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import {
  ALL_OPTION,
  BOARD_OPTION,
  defineCommand,
  JSON_OPTION,
  MODEL_HELP,
  type ExitCode,
  withLists,
} from '../command.ts';
import type { Inference } from '../run/model-outputs.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';
import type { CheckSummary } from '../run/check.ts';
import { LIMIT_OPTIONS } from '../run/limit-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly input: readonly string[] | undefined;
  readonly board: string | undefined;
  readonly like: string | undefined;
  readonly check: string | undefined;
  readonly dataset: string | undefined;
  readonly tolerance: number | undefined;
  readonly tie: TieMode | undefined;
  readonly dumpTensors: string | undefined;
  readonly top: number;
  readonly memory: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly all: boolean;
  readonly json: boolean;
}

const RUN_OPTIONS = {
  input: {
    alias: 'i',
    type: 'string',
    array: true,
    requiresArg: true,
    describe:
      'Values: .json, .bin, .npy, .png, .jpg, .bmp, .pgm or .ppm, once for each input of the model; or zeros, or random:SEED',
  },
  board: { ...BOARD_OPTION.board, demandOption: false, describe: 'Predict for this board too' },
  like: {
    type: 'string',
    requiresArg: true,
    describe: "Firmware whose conversion of pictures to follow (default: the board's), see docs/images.md",
  },
  check: { type: 'string', requiresArg: true, describe: 'Golden file whose samples to compare with' },
  dataset: {
    type: 'string',
    requiresArg: true,
    describe: 'Accuracy and confusion matrix on test images: mnist, or mnist:100 for its first 100',
  },
  tolerance: {
    type: 'number',
    requiresArg: true,
    describe: 'Largest difference of a float output (--check)',
  },
  'dump-tensors': {
    type: 'string',
    requiresArg: true,
    describe: 'Folder for a .npy file of each tensor that the run computes',
  },
  tie: {
    choices: ['half-away', 'half-even'],
    describe: 'kmodel: how the KPU rounds ties (default: half-away, as ncc 0.1)',
  },
  ...LIMIT_OPTIONS,
  top: { type: 'number', default: 5, requiresArg: true, describe: 'How many classes to print' },
} as const;

export const runCommand = defineCommand<Args>({
  command: 'run <model>',
  describe: 'Run the network bit for bit: its outputs, and with --board its latency and layers',
  builder: (yargs) =>
    withLists(yargs, ['input', 'i'])
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({ ...RUN_OPTIONS, ...PREDICT_OPTIONS, ...ALL_OPTION, ...JSON_OPTION })
      .example('$0 run net.tflite --input digit.png --board openmv-h7-plus', 'classes and milliseconds')
      .example('$0 run net.tflite --input random:1', 'whether it runs, without data')
      .example('$0 run net.tflite --check golden.json', 'every sample and layer against a reference')
      .example('$0 run net.tflite --dataset mnist', 'accuracy and confusion matrix on 10,000 digits')
      .example('$0 run net.kmodel --input digit.png --board maixduino', 'the bytes that the KPU computes')
      .example('$0 run net.tflite -i a.npy -i b.npy --dump-tensors out', 'two inputs; keep every tensor'),
  needs: {
    tolerance: 'check',
    kernels: 'board',
    clock: 'board',
    'weights-in': 'board',
    'float-fc': 'board',
    'copy-out': 'board',
  },
  run: async (args, io) => {
    if (args.dataset !== undefined) return (await import('../run/run-dataset.ts')).runOnDataset(args, io);
    const { loadModel } = await import('../inputs.ts');
    await requireSensible(args);
    const { isKmodel } = await import('../../models/formats/model.ts');
    const model = await loadModel(args.model);
    if (isKmodel(model)) return (await import('../run/run-kmodel-command.ts')).runKmodelFile(model, args, io);
    await rejectTie(args);
    const graph = await (await import('../trained.ts')).requireTrainedWeights(model);
    await requireRunnable(graph);
    const board = await boardOf(args);
    const check = await checkOf(graph, args, io);
    const inference = await inferenceOf(graph, board, args, io);
    const prediction =
      board && (await import('../../simulate/predict.ts')).predict(graph, board, toPredictOptions(args));
    if (args.json) writeJson(io, toDocument(graph, inference, prediction, check));
    else writeLine(io, await toText(graph, { inference, prediction, board, check, all: args.all }));
    return exitCode(check);
  },
});

async function requireSensible({ input, check, top, tolerance }: Args): Promise<void> {
  const { SpecError } = await import('../../errors.ts');
  if (input === undefined && check === undefined)
    throw new SpecError('run needs --input FILE or --check GOLDEN, or --dataset mnist');
  if (!Number.isSafeInteger(top) || top < 1)
    throw new SpecError(`--top must be a whole number above 0, got ${top}`);
  if (tolerance !== undefined && !(tolerance >= 0)) {
    throw new SpecError(`--tolerance must be a number from 0 on, got ${tolerance}`);
  }
}

async function rejectTie({ tie, model }: Args): Promise<void> {
  if (tie === undefined) return;
  const { SpecError } = await import('../../errors.ts');
  throw new SpecError(`--tie is about the KPU's rounding and goes with a kmodel, which ${model} is not`);
}

/** What no TensorFlow Lite Micro loads runs on no board, and is not run here. */
async function requireRunnable(graph: Graph): Promise<void> {
  if (graph.format !== 'tflite') return;
  (await import('../../deploy/tflm/require-kernels.ts')).requireSomeKernels(graph);
}

async function boardOf({ board, set }: Args): Promise<Board | undefined> {
  return board === undefined ? undefined : (await import('../inputs.ts')).loadBoard(board, set);
}

async function checkOf(
  graph: Graph,
  { check, model, tolerance, ...args }: Args,
  io: Io,
): Promise<CheckSummary | undefined> {
  if (check === undefined) return undefined;
  const { readJsonValues } = await import('../inputs.ts');
  const { runLimits } = await import('../run/limit-options.ts');
  const { checkModel, compareOrigin } = await import('../run/check.ts');
  const golden = await readJsonValues(check);
  const summary = checkModel(graph, golden, check, { tolerance, limits: runLimits(args) });
  const warning = await compareOrigin(golden, model);
  if (warning !== undefined) io.err(`inferscope: ${check}: ${warning}\n`);
  return summary;
}

/** Values of --input, or those of the golden file's first sample. */
async function inputsOf(graph: Graph, board: Board | undefined, { input, like, check }: Args) {
  if (input === undefined) {
    const { goldenInputs } = await import('../run/check.ts');
    return goldenInputs(graph, await (await import('../inputs.ts')).readJsonValues(check!));
  }
  const { imageFirmware } = await import('../../deploy/camera/index.ts');
  const { readInputs } = await import('../run/tensor-inputs.ts');
  return readInputs(graph, input, imageFirmware(like, board));
}

/** Work below this needs no clock. */
const LONG_SECONDS = 1;

async function inferenceOf(graph: Graph, board: Board | undefined, args: Args, io: Io): Promise<Inference> {
  const { createExecutor } = await import('../../kernels/execute/executor.ts');
  const { infer } = await import('../run/model-outputs.ts');
  const { runLimits } = await import('../run/limit-options.ts');
  const executor = createExecutor(graph, { limits: runLimits(args) });
  const inputs = await inputsOf(graph, board, args);
  const { progressLine } = await import('../progress-line.ts');
  const { runDemand } = await import('../../kernels/execute/run-limits.ts');
  const isLong = runDemand(graph).seconds > LONG_SECONDS;
  const onProgress = isLong ? progressLine(io, 'operators run') : undefined;
  if (args.dumpTensors === undefined) return infer(executor, inputs, args.top, { onProgress });
  return inferAndDump(executor, inputs, args.top, args.dumpTensors, io);
}

async function inferAndDump(
  executor: Executor,
  inputs: Awaited<ReturnType<typeof inputsOf>>,
  top: number,
  folder: string,
  io: Io,
): Promise<Inference> {
  const { infer } = await import('../run/model-outputs.ts');
  const { TensorDump } = await import('../run/tensor-dump.ts');
  const dump = new TensorDump(executor);
  const inference = infer(executor, inputs, top, { dump });
  io.err(`${await dump.write(folder)} tensors written to ${folder}\n`);
  return inference;
}

function toDocument(
  { name }: Graph,
  inference: Inference,
  prediction: Prediction | undefined,
  check: CheckSummary | undefined,
): object {
  if (!prediction) return { model: name, ...inference, ...(check ? { check } : {}) };
  const { board, latencyMs, reportedMs, steps } = prediction;
  return { model: name, ...inference, board, latencyMs, reportedMs, steps, ...(check ? { check } : {}) };
}

interface Found {
  readonly inference: Inference;
  readonly prediction: Prediction | undefined;
  readonly board: Board | undefined;
  readonly check: CheckSummary | undefined;
  /** Every step of the prediction. */
  readonly all: boolean;
}

async function toText({ name }: Graph, { inference, prediction, board, check, all }: Found): Promise<string> {
  const { formatInference } = await import('../run/model-outputs.ts');
  const parts = [`${name}\n${formatInference(inference)}`];
  if (prediction) {
    const { rowsShown } = await import('../../report/long-table.ts');
    const { formatPrediction } = await import('../../report/prediction-text.ts');
    parts.push(
      formatPrediction(prediction, { offset: board?.runtime.readingOffsetMs, rows: rowsShown(all) }),
    );
  }
  if (check) parts.push((await import('../run/check.ts')).formatCheck(check));
  return parts.join('\n\n');
}

function exitCode(check: CheckSummary | undefined): ExitCode {
  return check?.equal === false ? 1 : 0;
}
