import type { ExitCode } from '../command.ts';
import { evaluateOnDataset } from '../datasets/evaluation.ts';
import { loadBoard, loadModel } from '../inputs.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { toPredictOptions, type PredictArgs } from '../predict-options.ts';
import { requireTrainedWeights } from '../trained.ts';
import { SpecError } from '../../errors.ts';
import type { TieMode } from '../../kernels/kpu/kpu-conv2d/index.ts';
import { isKmodel } from '../../models/formats/model.ts';
import { formatConfusion } from '../../report/training/confusion.ts';
import { formatPrediction } from '../../report/prediction-text.ts';
import { predict } from '../../simulate/predict.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly dataset: string | undefined;
  readonly board: string | undefined;
  readonly input: readonly string[] | undefined;
  readonly check: string | undefined;
  readonly dumpTensors: string | undefined;
  readonly tie: TieMode | undefined;
  readonly json: boolean;
}

const ONE_IMAGE = { input: 'input', check: 'check', dumpTensors: 'dump-tensors' } as const;

/** `run MODEL --dataset mnist`: accuracy and confusion matrix, and with a board its latency. */
export async function runOnDataset(args: Args, io: Io): Promise<ExitCode> {
  const keys = Object.keys(ONE_IMAGE) as (keyof typeof ONE_IMAGE)[];
  const stray = keys.find((key) => args[key] !== undefined);
  if (stray) throw new SpecError(`--dataset runs many images; leave out --${ONE_IMAGE[stray]}`);
  const given = await loadModel(args.model);
  if (args.tie !== undefined && !isKmodel(given)) {
    throw new SpecError(
      `--tie is about the KPU's rounding and goes with a kmodel, which ${args.model} is not`,
    );
  }
  const model = isKmodel(given) ? given : await requireTrainedWeights(given);
  const board = args.board === undefined ? undefined : await loadBoard(args.board, args.set);
  const evaluation = await evaluateOnDataset(model, args.dataset!, args.tie);
  const prediction = board && predict(model, board, toPredictOptions(args));
  if (args.json) {
    const { latencyMs, reportedMs, steps } = prediction ?? {};
    writeJson(io, { model: model.name, ...evaluation, board: board?.id, latencyMs, reportedMs, steps });
    return 0;
  }
  writeLine(io, `${model.name}\n\n${formatConfusion(evaluation)}`);
  if (prediction)
    writeLine(io, `\n${formatPrediction(prediction, { offset: board.runtime.readingOffsetMs })}`);
  return 0;
}
