import { TorchFile } from './torch-file.ts';

/**
 * Layers of the face detector "version-slim-320" of Ultra-Light-Fast-Generic-Face-Detector-1MB by ESP-DL on an ESP32-S3, microseconds
 * in the order of a posted profile(true): the longest first. From notes on GitHub of who put it there, which end in "Inference done
 * in 38536412 cycles (approx 160.57 ms)".
 */
const SLIM_US = `
  base 0.0 28814 | base 1.2 20463 | base 1.0 12445 | base 2.0 11242 | base 12.2 10511 | base 3.0 5965 | base 2.2 5569
  base 3.2 5557 | loc 0.2 5177 | base 7.2 3285 | base 6.2 3258 | base 5.2 3252 | conf 0.2 3013 | base 4.0 2903
  base 5.0 2673 | base 6.0 2607 | loc 0.0 2583 | base 7.0 2579 | base 10.2 2563 | conf 0.0 2542 | base 9.2 2525
  base 4.2 2245 | base 8.2 1574 | base 11.2 1554 | base 8.0 1496 | loc 1.2 1481 | loc 1.0 1377 | conf 1.0 1171
  base 9.0 1149 | base 10.0 1147 | loc 3 1117 | conf 1.2 1009 | extra 0.0 808 | conf 2.0 611 | base 11.0 604
  loc 2.2 595 | conf 3 593 | base 12.0 522 | conf 2.2 482 | Concat_1 449 | loc 2.0 447 | extra 0.2.2 444
  Concat 156 | extra 0.2.0 62 | PPQ_Operation_0 49 | PPQ_Operation_1 20 | PPQ_Operation_2 15 | Reshape 9
  Reshape_2 6 | Reshape_1 5 | Reshape_5 4 | Reshape_4 4 | Reshape_7 3 | Reshape_3 3 | Reshape_6 2`;

const MODULES: Readonly<Record<string, string>> = {
  ...{ base: 'base_net', loc: 'regression_headers', conf: 'classification_headers', extra: 'extras' },
};

/** "/base_net.1/base_net.1.2" of the third module of the second block. */
function pathOf(part: string, at: string): string {
  const name = MODULES[part]!;
  const steps = at.split('.').map((_, depth, all) => `${name}.${all.slice(0, depth + 1).join('.')}`);
  return `/${steps.join('/')}`;
}

export interface PostedLayer {
  readonly name: string;
  readonly type: string;
  readonly us: number;
}

/** The layers of the log in its order. */
export const slimLayers: readonly PostedLayer[] = SLIM_US.trim()
  .split(/\||\n/)
  .map((cell): PostedLayer => {
    const words = cell.trim().split(' ');
    const us = Number(words.at(-1));
    if (words.length === 3) return { name: `${pathOf(words[0]!, words[1]!)}/Conv`, type: 'Conv', us };
    if (words[0]!.startsWith('PPQ')) return { name: words[0]!, type: 'RequantizeLinear', us };
    return { name: `/${words[0]}`, type: words[0]!.replace(/_\d$/, ''), us };
  });

/** The detector as PyTorch exports it: thirteen blocks, and two heads at each of four maps. */
export function slimDetector(): Uint8Array {
  const net = new TorchFile(1, 3, 240, 320);
  const separable = (part: string, block: string, input: string, [from, to, stride]: readonly number[]) => {
    const wide = net.conv(pathOf(part, `${block}.0`), input, from!, {
      ...{ kernel: 3, group: from!, stride: stride! },
    });
    return net.conv(pathOf(part, `${block}.2`), wide, to!, { relu: part !== 'loc' && part !== 'conf' });
  };
  let reshapes = 0;
  const rows = (head: string, count: number): string => {
    const [pixels] = net.add('Transpose', `${head}_t`, [head], { attributes: { perm: [0, 2, 3, 1] } });
    const name = reshapes === 0 ? '/Reshape' : `/Reshape_${reshapes}`;
    reshapes++;
    return net.add('Reshape', name, [pixels!, net.list(`${name}_shape`, 1, -1, count)])[0]!;
  };
  const confidences: string[] = [];
  const locations: string[] = [];
  const headsOf = (at: number, map: string, [channels, boxes]: readonly [number, number]) => {
    confidences.push(rows(separable('conf', `${at}`, map, [channels, 2 * boxes, 1]), 2));
    locations.push(rows(separable('loc', `${at}`, map, [channels, 4 * boxes, 1]), 4));
  };
  const blocks = [
    ...[
      [16, 32, 1],
      [32, 32, 2],
      [32, 32, 1],
      [32, 64, 2],
      [64, 64, 1],
      [64, 64, 1],
      [64, 64, 1],
    ],
    ...[
      [64, 128, 2],
      [128, 128, 1],
      [128, 128, 1],
      [128, 256, 2],
      [256, 256, 1],
    ],
  ];
  let map = net.conv(pathOf('base', '0.0'), 'x', 16, { kernel: 3, stride: 2 });
  blocks.forEach((block, at) => {
    map = separable('base', `${at + 1}`, map, block);
    if (at === 6) headsOf(0, map, [64, 3]);
    if (at === 9) headsOf(1, map, [128, 2]);
    if (at === 11) headsOf(2, map, [256, 2]);
  });
  const narrow = net.conv(pathOf('extra', '0.0'), map, 64);
  const deep = net.conv(pathOf('extra', '0.2.0'), narrow, 64, { kernel: 3, stride: 2, group: 64 });
  const last = net.conv(pathOf('extra', '0.2.2'), deep, 256);
  const plain = { kernel: 3, relu: false };
  confidences.push(rows(net.conv(pathOf('conf', '3'), last, 6, plain), 2));
  locations.push(rows(net.conv(pathOf('loc', '3'), last, 12, plain), 4));
  const outputs = [confidences, locations].flatMap((values, at) =>
    net.add('Concat', at === 0 ? '/Concat' : '/Concat_1', values, { attributes: { axis: 1 } }),
  );
  return net.bytes(outputs);
}

/**
 * The first layers of YOLO11n (224 x 224) by ESP-DL on an ESP32-S3, microseconds in the order of the network, from a log on GitHub
 * that a watchdog's message broke in the last of these lines.
 */
const YOLO_US = `
  model.0 24729 13498 | model.1 11802 7025 | model.2/cv1 5456 7023 | Split model.2 7332 | model.2/m.0/cv1 23923 1618
  model.2/m.0/cv2 7631 3301 | Add model.2/m.0 3512 | Concat model.2 8559 | model.2/cv2 10273 13584 | model.3 288720 3291
  model.4/cv1 3139 3281 | Split model.4 3154 | model.4/m.0/cv1 2079 717 | model.4/m.0/cv2 2175 1503
  Add model.4/m.0 1630 | Concat model.4 4158 | model.4/cv2 7382 7028`;

/** The layers of that log: a convolution and its Swish, or one operator of a block. */
export const yoloLayers: readonly PostedLayer[] = YOLO_US.trim()
  .split(/\||\n/)
  .flatMap((cell): PostedLayer[] => {
    const [first, second, third] = cell.trim().split(' ');
    if (Number.isNaN(Number(second)))
      return [{ name: `/${second}/${first}`, type: first!, us: Number(third) }];
    const name = `/${first}/conv/Conv`;
    return [
      { name, type: 'Conv', us: Number(second) },
      { name: `${name}/Swish`, type: 'Swish', us: Number(third) },
    ];
  });

/** That part of YOLO11n as PyTorch exports it: two plain layers, and twice a layer and a block with a split and a shortcut. */
export function yoloStart(): Uint8Array {
  const net = new TorchFile(1, 3, 224, 224);
  const layer = (path: string, input: string, channels: number, kernel = 1, stride = 1) =>
    net.silu(`/${path}/act`, net.conv(`/${path}/conv`, input, channels, { kernel, stride, relu: false }));
  const block = (path: string, input: string, [half, out]: readonly [number, number]) => {
    const wide = layer(`${path}/cv1`, input, 2 * half);
    const attributes = { axis: 1, split: [half, half] };
    const [left, right] = net.add('Split', `/${path}/Split`, [wide], {
      channels: half,
      parts: 2,
      attributes,
    });
    const inner = layer(`${path}/m.0/cv2`, layer(`${path}/m.0/cv1`, right!, half / 2, 3), half, 3);
    const [sum] = net.add('Add', `/${path}/m.0/Add`, [right!, inner]);
    const [joined] = net.add('Concat', `/${path}/Concat`, [left!, right!, sum!], {
      ...{ channels: 3 * half, attributes: { axis: 1 } },
    });
    return layer(`${path}/cv2`, joined!, out);
  };
  const second = layer('model.1', layer('model.0', 'x', 16, 3, 2), 32, 3, 2);
  const fourth = layer('model.3', block('model.2', second, [16, 64]), 64, 3, 2);
  return net.bytes([block('model.4', fourth, [32, 128])]);
}

/** A line of ESP-DL's table, as its log on a serial line has it. */
export const espDlLine = (name: string, type: string, us: number): string =>
  `I (${us % 9000}) dl::Model: | ${name.padEnd(57)} | ${type.padEnd(16)} | ${`${us}us`.padEnd(8)} |`;

export const ESP_DL_RULE = `I (2769) dl::Model: +${'-'.repeat(59)}+${'-'.repeat(18)}+${'-'.repeat(10)}+`;
export const ESP_DL_TITLES = `I (2779) dl::Model: | ${'name'.padEnd(57)} | type             | latency  |`;
