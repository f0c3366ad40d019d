import {
  KPU_ADD_PADDING,
  KPU_CONV,
  KPU_REMOVE_PADDING,
  KPU_UPLOAD,
  type KmodelLayer,
  type LayerName,
  type LayerOf,
} from '../../../models/formats/kmodel/layers.ts';
import { prepareConv } from './conv-layers.ts';
import {
  prepareChannelwiseDequantize,
  prepareDequantize,
  prepareQuantize,
  prepareRequantize,
} from './conversions.ts';
import { prepareFullyConnected } from './dense.ts';
import type { KmodelOptions } from './kernels.ts';
import {
  prepareAdd,
  prepareL2Normalization,
  prepareLogistic,
  prepareQuantizedAdd,
  prepareSoftmax,
} from './elementwise.ts';
import type { LayerMemory, RunLayer } from './memory.ts';
import {
  prepareAddPadding,
  prepareConcat,
  prepareFlatten,
  prepareRemovePadding,
  prepareResize,
  prepareUpload,
} from './moves.ts';
import { prepareAveragePool, prepareGlobalAveragePool, prepareQuantizedMaxPool } from './pools.ts';

type Prepare<N extends LayerName> = (
  layer: LayerOf<N>,
  memory: LayerMemory,
  options: KmodelOptions,
) => RunLayer;

/** One line a layer type; arithmetic as in the Kendryte SDK's `kpu.c` or MaixPy's, in float32 as its core computes. */
const PREPARE: { readonly [N in LayerName]: Prepare<N> } = {
  Add: prepareAdd,
  QuantizedAdd: prepareQuantizedAdd,
  GlobalAveragePool2d: prepareGlobalAveragePool,
  MaxPool2d: (_layer, memory) =>
    memory.fail(
      'the SDK has no handler for float max pooling, so the device stops here; pool behind a convolution',
    ),
  QuantizedMaxPool2d: prepareQuantizedMaxPool,
  AveragePool2d: prepareAveragePool,
  Quantize: prepareQuantize,
  Dequantize: prepareDequantize,
  Requantize: prepareRequantize,
  L2Normalization: prepareL2Normalization,
  Softmax: prepareSoftmax,
  Concat: prepareConcat,
  QuantizedConcat: prepareConcat,
  FullyConnected: prepareFullyConnected,
  TensorflowFlatten: prepareFlatten,
  ResizeNearestNeighbor: prepareResize,
  QuantizedResizeNearestNeighbor: prepareResize,
  ChannelwiseDequantize: prepareChannelwiseDequantize,
  Logistic: prepareLogistic,
  [KPU_CONV]: prepareConv,
  [KPU_ADD_PADDING]: prepareAddPadding,
  [KPU_REMOVE_PADDING]: prepareRemovePadding,
  [KPU_UPLOAD]: prepareUpload,
};

/** Checks a layer once against its memory and returns what runs it. Throws a FormatError that names the layer. */
export function prepareLayer(layer: KmodelLayer, memory: LayerMemory, options: KmodelOptions): RunLayer {
  return (PREPARE[layer.type] as Prepare<LayerName>)(layer, memory, options);
}
