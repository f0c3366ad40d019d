import { narrowed, type NetworkShape } from './network-specs.ts';

interface Block {
  readonly expansion: number;
  readonly kernel: number;
  readonly channels: number;
  readonly squeezes: boolean;
  readonly swish: boolean;
  readonly stride: number;
}

const block = (
  expansion: number,
  kernel: number,
  channels: number,
  [squeezes, swish]: readonly [boolean, boolean],
  stride: number,
): Block => ({ expansion, kernel, channels, squeezes, swish, stride });

const RELU = [false, false] as const;
const SQUEEZE = [true, false] as const;
const SWISH = [true, true] as const;

/** The blocks of MobileNetV3 Small. */
const SMALL: readonly Block[] = [
  block(16, 3, 16, SQUEEZE, 2),
  block(72, 3, 24, RELU, 2),
  block(88, 3, 24, RELU, 1),
  block(96, 5, 40, SWISH, 2),
  block(240, 5, 40, SWISH, 1),
  block(240, 5, 40, SWISH, 1),
  block(120, 5, 48, SWISH, 1),
  block(144, 5, 48, SWISH, 1),
  block(288, 5, 96, SWISH, 2),
  block(576, 5, 96, SWISH, 1),
  block(576, 5, 96, SWISH, 1),
];

/** The layer with its activation: relu is part of it, swish is a layer behind it. */
const activated = (layer: string, swish: boolean): string[] =>
  swish ? [layer, 'hardswish'] : [`${layer} relu`];

/** Weighs channels by what they hold on average; the product is taken as a sum, which costs about the same. */
function squeeze(channels: number, side: number, name: string): string[] {
  const inner = `conv ${narrowed(channels, 0.25)} 1x1 relu`;
  return [`avgpool ${side}x${side}`, inner, `conv ${channels} 1x1`, 'hardswish', `add ${name}`];
}

function namedLast(layers: readonly string[], name: string): string[] {
  return layers.map((layer, index) => (index === layers.length - 1 ? `${layer} name=${name}` : layer));
}

/** MobileNetV3 Small of the usual definition. */
export function mobilenetV3Small(pixels: number, classes: number): NetworkShape {
  let side = Math.ceil(pixels / 2);
  let input = 16;
  const layers = namedLast(activated('conv 16 3x3 stride=2', true), 'block0');
  SMALL.forEach(({ expansion, kernel, channels, squeezes, swish, stride }, index) => {
    const made: string[] = [];
    if (expansion !== input || index > 0) made.push(...activated(`conv ${expansion} 1x1`, swish));
    side = Math.ceil(side / stride);
    const depthwise = activated(`depthwise ${kernel}x${kernel} stride=${stride}`, swish);
    made.push(...namedLast(depthwise, `wide${index}`));
    if (squeezes) made.push(...squeeze(expansion, side, `wide${index}`));
    made.push(`conv ${channels} 1x1`);
    if (stride === 1 && channels === input) made.push(`add block${index}`);
    layers.push(...namedLast(made, `block${index + 1}`));
    input = channels;
  });
  const top = [
    ...activated('conv 576 1x1', true),
    `avgpool ${side}x${side}`,
    ...activated('conv 1024 1x1', true),
  ];
  return {
    input: [pixels, pixels, 3],
    layers: [...layers, ...top, `conv ${classes} 1x1`, 'flatten', 'softmax'],
  };
}
