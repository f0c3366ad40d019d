import type { ModelSpec } from '../../models/specs/builder.ts';

/** A network without its element type. */
export type NetworkShape = Pick<ModelSpec, 'input' | 'layers'>;

type Layers = readonly string[];

const shape = (input: readonly number[], ...layers: Layers): NetworkShape => ({ input, layers });

/** Output channels of the thirteen pairs of MobileNetV1 at alpha 1, and strides of their depthwise layers. */
const MOBILENET_V1 = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
const MOBILENET_V1_STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

/** Expansion, channels, repeats and first stride of the blocks of MobileNetV2. */
const MOBILENET_V2 = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** Channels of a layer narrowed by alpha: a multiple of 8, never less than nine tenths of what was asked for. */
export function narrowed(channels: number, alpha: number): number {
  const wanted = channels * alpha;
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}

const half = (side: number, times: number): number =>
  times === 0 ? side : half(Math.ceil(side / 2), times - 1);

function head(side: number, classes: number): Layers {
  return [`avgpool ${side}x${side}`, 'flatten', `dense ${classes}`, 'softmax'];
}

function pairs(outputs: readonly number[]): Layers {
  return outputs.flatMap((channels, index) => [
    `depthwise 3x3 stride=${MOBILENET_V1_STRIDES[index]} relu`,
    `conv ${channels} 1x1 relu`,
  ]);
}

const narrowedPairs = (alpha: number): Layers =>
  pairs(MOBILENET_V1.map((channels) => narrowed(channels, alpha)));

export function mobilenetV1(alpha: number, side: number, classes: number): NetworkShape {
  const stem = `conv ${narrowed(32, alpha)} 3x3 stride=2 relu`;
  return shape([side, side, 3], stem, ...narrowedPairs(alpha), ...head(half(side, 5), classes));
}

/**
 * Output channels of the pairs in the visual wake words network of MLPerf Tiny that are not constant: the weights of
 * the others are zero in the trained file, up to 234 of 256. Counted in that file.
 */
const LIVE_WAKE_WORDS = [16, 32, 32, 64, 60, 107, 57, 30, 19, 19, 27, 32, 22];

/** The network that is left of visual wake words where an engine drops channels that are constant. */
export function liveWakeWords(): NetworkShape {
  return shape([96, 96, 3], 'conv 8 3x3 stride=2 relu', ...pairs(LIVE_WAKE_WORDS), ...head(3, 2));
}

/** The person detector of TensorFlow Lite Micro: its first layer is depthwise over a grey picture. */
export function personDetector(): NetworkShape {
  const stem = 'depthwise 3x3 stride=2 multiplier=8 relu';
  return shape([96, 96, 1], stem, ...narrowedPairs(0.25), ...head(3, 2));
}

function invertedResidual(
  block: number,
  input: number,
  [expansion, channels, stride]: readonly number[],
): Layers {
  const layers: string[] = [];
  const adds = stride === 1 && input === channels;
  if (expansion > 1) layers.push(`conv ${input * expansion} 1x1 relu6`);
  layers.push(`depthwise 3x3 stride=${stride} relu6`, `conv ${channels} 1x1`);
  if (adds) layers.push(`add block${block}`);
  return layers.map((layer, index) =>
    index === layers.length - 1 ? `${layer} name=block${block + 1}` : layer,
  );
}

export function mobilenetV2(alpha: number, side: number, classes: number): NetworkShape {
  let input = narrowed(32, alpha);
  const layers = [`conv ${input} 3x3 stride=2 relu6 name=block0`];
  let block = 0;
  for (const [expansion, channels, repeats, stride] of MOBILENET_V2) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const output = narrowed(channels, alpha);
      layers.push(...invertedResidual(block++, input, [expansion, output, repeat === 0 ? stride : 1]));
      input = output;
    }
  }
  const last = alpha > 1 ? narrowed(1280, alpha) : 1280;
  return shape([side, side, 3], ...layers, `conv ${last} 1x1 relu6`, ...head(half(side, 5), classes));
}

/** Two 3x3 convolutions beside a shortcut, which is a 1x1 convolution where the map shrinks. */
function residualBlock(filters: number, stride: number): Layers {
  const before = stride === 1 ? 'stem' : `block${filters / stride}`;
  const body = [`conv ${filters} 3x3 stride=${stride} relu`, `conv ${filters} 3x3 name=body${filters}`];
  const shortcut = `conv ${filters} 1x1 stride=${stride} from=${before}`;
  const ends =
    stride === 1 ? [`add ${before} relu`] : [shortcut, `add body${filters} relu name=block${filters}`];
  return [...body, ...ends];
}

/** ResNet-8 of MLPerf Tiny. */
export function resnet8(classes = 10): NetworkShape {
  const [first, second, add] = residualBlock(16, 1);
  const blocks = [first, second, `${add} name=block16`, ...residualBlock(32, 2), ...residualBlock(64, 2)];
  return shape([32, 32, 3], 'conv 16 3x3 relu name=stem', ...blocks, ...head(8, classes));
}

/** DS-CNN of MLPerf Tiny. */
export function dsCnn(): NetworkShape {
  const pair = ['depthwise 3x3 relu', 'conv 64 1x1 relu'];
  const body = ['conv 64 10x4 stride=2 relu', ...pair, ...pair, ...pair, ...pair];
  return shape([49, 10, 1], ...body, 'avgpool 25x5', 'flatten', 'dense 12', 'softmax');
}

/** A chain of dense layers, relu between them. */
export function denseChain(units: readonly number[], softmax: boolean): NetworkShape {
  const [input, ...outputs] = units;
  const layers = outputs.map((count, index) => `dense ${count}${index < outputs.length - 1 ? ' relu' : ''}`);
  return shape([input], ...layers, ...(softmax ? ['softmax'] : []));
}

/** The network of the paper: one 3x3 convolution and a dense layer. */
export function paperNetwork(filters: number): NetworkShape {
  return shape([14, 14, 1], `conv ${filters} 3x3 relu`, 'flatten', 'dense 10');
}

/** Activity recognition of ST's model zoo, after the article that it is named for. */
export function ignatov(window = 24): NetworkShape {
  const layers = ['conv 24 16x1 valid relu', 'maxpool 3x1', 'flatten', 'dense 12 relu', 'dense 4', 'softmax'];
  return shape([window, 3, 1], ...layers);
}

/** Digits of reymor/stm32f429-tflite-micro-mnist. */
export function smallMnist(): NetworkShape {
  const layers = ['conv 32 3x3 valid relu', 'maxpool 2x2', 'conv 12 3x3 valid relu', 'maxpool 2x2'];
  return shape([28, 28, 1], ...layers, 'flatten', 'dense 10', 'softmax');
}

/** The CIFAR-10 network of CMSIS-NN's article. */
export function cmsisCifar10(): NetworkShape {
  const pool = 'maxpool 3x3 stride=2 same';
  const layers = ['conv 32 5x5 relu', pool, 'conv 32 5x5 relu', pool, 'conv 64 5x5 relu', pool];
  return shape([32, 32, 3], ...layers, 'flatten', 'dense 10');
}

/** ResNet of 6 n + 2 layers for pictures of 32x32: three stages of n blocks with 16, 32 and 64 channels. */
export function cifarResnet(blocks: number, classes: number): NetworkShape {
  const layers = ['conv 16 3x3 relu name=out0'];
  let made = 0;
  for (const filters of [16, 32, 64]) {
    for (let block = 0; block < blocks; block++) {
      const shrinks = block === 0 && filters > 16;
      const [before, body, after] = [`out${made}`, `body${made}`, `out${++made}`];
      layers.push(`conv ${filters} 3x3 stride=${shrinks ? 2 : 1} relu`, `conv ${filters} 3x3 name=${body}`);
      if (shrinks)
        layers.push(`conv ${filters} 1x1 stride=2 from=${before}`, `add ${body} relu name=${after}`);
      else layers.push(`add ${before} relu name=${after}`);
    }
  }
  return shape([32, 32, 3], ...layers, ...head(8, classes));
}

/** The picture example of Silicon Labs' toolkit, as its rows list its layers. */
export function imageExample(): NetworkShape {
  const layers = ['conv 24 3x3 stride=2 relu', 'avgpool 2x2', 'conv 16 3x3 stride=2 valid relu'];
  const rest = ['conv 24 3x3 valid relu', 'avgpool 2x2', 'flatten', 'dense 3', 'softmax'];
  return shape([96, 96, 1], ...layers, ...rest);
}
