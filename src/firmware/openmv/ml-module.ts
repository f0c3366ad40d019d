import { convertImage } from '../../deploy/camera/index.ts';
import { SpecError } from '../../errors.ts';
import type { NumericData } from '../../kernels/definition/kernel.ts';
import { elementCount, type Tensor } from '../../models/graph/graph.ts';
import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { toHex, type HostModule } from '../host-module.ts';
import { TfModels, type TfModel } from './tf-models.ts';

/** One input of a call: an image by its handle, or real numbers. */
type MlInput = { readonly image: number } | { readonly values: readonly number[] };

/** Kinds of elements as ml names them. */
const LETTERS: Readonly<Record<string, string>> = {
  float32: 'f',
  int8: 'b',
  uint8: 'B',
  int16: 'h',
  uint16: 'H',
};
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ...{ int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767], uint16: [0, 65535] },
};

function letterOf({ name, dtype }: Tensor): string {
  const letter = LETTERS[dtype];
  if (letter) return letter;
  throw new GuestError('NotImplementedError', `ml: tensor "${name}" of type ${dtype} is not modelled`);
}

const scaleOf = ({ quantization }: Tensor) => ({
  scale: quantization?.scales[0] ?? 1,
  zeroPoint: quantization?.zeroPoints[0] ?? 0,
});

function factsOf(tensors: readonly Tensor[]) {
  return {
    shapes: tensors.map(({ shape }) => shape),
    letters: tensors.map(letterOf),
    scales: tensors.map((tensor) => scaleOf(tensor).scale),
    zeroPoints: tensors.map((tensor) => scaleOf(tensor).zeroPoint),
  };
}

/** What `ml.py` calls: the interpreter is made when a model is loaded, and a call runs it (py_ml.c). */
export function mlModule(hardware: VirtualHardware): HostModule {
  const models = new TfModels(hardware);
  return {
    ml_load: (path: string, isInFrameBuffer: boolean) => models.load(path, isInFrameBuffer),
    ml_facts(handle: number) {
      const model = models.get(handle);
      const { graph, inference } = model;
      const arena = inference.program.memory.parts.filter(({ name }) => name !== 'weights');
      return JSON.stringify({
        bytes: graph.fileBytes,
        arenaBytes: arena.reduce((sum, { bytes }) => sum + bytes, 0),
        inputs: factsOf(inputsOf(model)),
        outputs: factsOf(outputsOf(model)),
      });
    },
    /** Real numbers of each output, as hex digits of single-precision floats. */
    ml_predict(handle: number, inputs: string) {
      const model = models.get(handle);
      const given = JSON.parse(inputs) as MlInput[];
      const tensors = inputsOf(model);
      if (given.length !== tensors.length) {
        throw new GuestError('ValueError', 'Unexpected number of inputs');
      }
      const data = tensors.map((tensor, index) => inputOf(hardware, tensor, given[index]));
      const results = model.executor.run(data) as readonly NumericData[];
      model.inference.run(hardware);
      return JSON.stringify(outputsOf(model).map((tensor, index) => realNumbers(tensor, results[index])));
    },
    ml_touch: (elements: number) => hardware.spend('ulab.element', elements),
  };
}

const inputsOf = ({ graph }: TfModel) => graph.inputs.map((index) => graph.tensors[index]);
const outputsOf = ({ graph }: TfModel) => graph.outputs.map((index) => graph.tensors[index]);

function inputOf(hardware: VirtualHardware, tensor: Tensor, input: MlInput): NumericData {
  if ('values' in input) return quantized(tensor, input.values);
  try {
    return convertImage(hardware.images!.frameOf(input.image), tensor, 'openmv');
  } catch (error) {
    if (error instanceof SpecError) throw new GuestError('ValueError', error.message);
    throw error;
  }
}

/** Real numbers as the tensor holds them: value / scale + zero point, cut to a whole number (py_ml_process_input). */
function quantized(tensor: Tensor, values: readonly number[]): NumericData {
  if (values.length !== elementCount(tensor.shape)) {
    throw new GuestError('ValueError', 'Input shape does not match the model input shape');
  }
  if (tensor.dtype === 'float32') return Float32Array.from(values);
  const { scale, zeroPoint } = scaleOf(tensor);
  const range = RANGES[tensor.dtype];
  if (!range) throw new GuestError('NotImplementedError', `ml: an input of type ${tensor.dtype}`);
  const inverse = Math.fround(1 / Math.fround(scale));
  const stored = values.map((value) => Math.trunc(Math.fround(Math.fround(value * inverse) + zeroPoint)));
  const kinds = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array } as const;
  return kinds[tensor.dtype as keyof typeof kinds].from(stored);
}

function realNumbers(tensor: Tensor, values: NumericData): string {
  const { scale, zeroPoint } = scaleOf(tensor);
  const isFloat = tensor.dtype === 'float32';
  letterOf(tensor);
  const step = Math.fround(scale);
  const reals = Float32Array.from(values, (value) =>
    isFloat ? value : Math.fround(value - zeroPoint) * step,
  );
  return toHex(new Uint8Array(reals.buffer));
}
