import { extname } from 'node:path';
import { imageFirmware } from '../../deploy/camera/index.ts';
import { FURTHER_LAYERS } from '../../deploy/ncc/further-layers.ts';
import { traceKmodel } from '../../deploy/ncc/kmodel-network.ts';
import { lostWork } from '../../deploy/ncc/runtime-refusal.ts';
import { SpecError } from '../../errors.ts';
import { prepareKmodel, type ReadyKmodel } from '../../experiments/ready-kmodel.ts';
import { fillInput, type InputValues } from '../../kernels/execute/executor-input.ts';
import type { TieMode } from '../../kernels/kpu/kpu-conv2d/index.ts';
import type { KmodelRunner } from '../../kernels/kpu/run-kmodel.ts';
import type { Tensor } from '../../models/graph/graph.ts';
import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import { toPlanar } from '../../pictures/planar.ts';
import { formatPrediction } from '../../report/prediction-text.ts';
import { predict } from '../../simulate/predict.ts';
import type { ExitCode } from '../command.ts';
import { rankScores } from '../class-scores.ts';
import { loadBoard } from '../inputs.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { toPredictOptions, type PredictArgs } from '../predict-options.ts';
import { kernelsOf } from '../kmodel-kernels.ts';
import { formatInference, type Inference } from './model-outputs.ts';
import { readInputs } from './tensor-inputs.ts';

interface Args extends PredictArgs {
  readonly input: readonly string[] | undefined;
  readonly board: string | undefined;
  readonly like: string | undefined;
  readonly check: string | undefined;
  readonly dumpTensors: string | undefined;
  readonly tie: TieMode | undefined;
  readonly top: number;
  readonly json: boolean;
}

/** `run x.kmodel`: outputs byte for byte as the device computes them, and with a board the latency. */
export async function runKmodelFile(model: KmodelModel, args: Args, io: Io): Promise<ExitCode> {
  const paths = requireInput(args, model.name);
  const kernels = kernelsOf(args.set);
  const ready = prepareKmodel(model, args.tie, kernels);
  const lost = kernels === 'sdk' ? [] : lostWork(traceKmodel(model).layers, FURTHER_LAYERS);
  for (const what of lost) io.err(`inferscope: ${what}; --set maixpy.kernels=sdk runs it as the SDK does\n`);
  const values = await readKmodelInput(ready, paths, args.like);
  const inference = inferKmodel(ready.runner, values, args.top);
  const board = args.board === undefined ? undefined : await loadBoard(args.board, args.set);
  const prediction = board && predict(model, board, toPredictOptions(args));
  if (args.json) {
    const { latencyMs, reportedMs, steps } = prediction ?? {};
    writeJson(io, { model: model.name, ...inference, board: board?.id, latencyMs, reportedMs, steps });
    return 0;
  }
  writeLine(io, `${model.name}\n${formatInference(inference)}`);
  if (prediction)
    writeLine(io, `\n${formatPrediction(prediction, { offset: board.runtime.readingOffsetMs })}`);
  return 0;
}

function requireInput({ input, check, dumpTensors }: Args, name: string): readonly string[] {
  if (check !== undefined) {
    throw new SpecError(
      `${name}: --check takes golden files of .tflite models; validate kpu --golden G --model checks a kmodel`,
    );
  }
  if (dumpTensors !== undefined)
    throw new SpecError(`${name}: --dump-tensors takes .tflite models, not kmodels`);
  return input ?? [];
}

function inferKmodel(runner: KmodelRunner, values: Uint8Array | Float32Array, count: number): Inference {
  const outputs = runner.run(values).map((output, index) => ({
    ...{ name: `output ${index}`, shape: [output.length], dtype: 'float32' as const },
    values: Array.from(output),
  }));
  return { outputs, top: rankScores(outputs[0]?.values ?? [], count) };
}

/** A .bin file holds the bytes as the camera leaves them for the KPU, one channel after the other; others hold pixels. */
async function readKmodelInput(
  { runner, shape }: ReadyKmodel,
  paths: readonly string[],
  like: string | undefined,
): Promise<Uint8Array | Float32Array> {
  const { dtype } = runner.input;
  const tensor: Tensor = { name: 'input', shape: [1, shape.h, shape.w, shape.c], dtype };
  const [given] = await readInputs(
    { tensors: [tensor], inputs: [0] },
    paths,
    imageFirmware(like ?? 'maixpy', undefined),
  );
  const values = typed(tensor, given);
  return extname(paths[0]).toLowerCase() === '.bin' ? values : toPlanar(values, shape);
}

function typed(tensor: Tensor, given: InputValues): Uint8Array | Float32Array {
  const count = given.length;
  const values = tensor.dtype === 'uint8' ? new Uint8Array(count) : new Float32Array(count);
  fillInput(tensor, 0, values, given);
  return values;
}
