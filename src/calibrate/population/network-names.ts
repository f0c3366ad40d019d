import { slug } from '../measurements/row-identity.ts';
import type { NetworkShape } from './network-specs.ts';
import { mobilenetV3Small } from './mobilenet-v3.ts';
import * as networks from './network-specs.ts';

/** What a published row says of its network. */
export interface NamedNetwork {
  readonly model: string;
  readonly description: string;
  /** Said of the build, such as "final softmax removed". */
  readonly notes: string;
  /** The engine leaves out channels whose weights are all zero. */
  readonly dropsDeadChannels?: boolean;
}

type Rule = readonly [
  pattern: RegExp,
  build: (match: RegExpMatchArray, row: NamedNetwork) => NetworkShape | undefined,
];

const IMAGENET = 1000;

/** Classes by what `model` ends in, else as the description counts them, else those of ImageNet. */
function classesOf({ model, description }: NamedNetwork): number {
  const said = /(\d+) classes/.exec(description)?.[1];
  if (said !== undefined) return Number(said);
  if (/vww|person/i.test(model)) return 2;
  if (/food101/.test(model)) return 101;
  if (/cifar100$/.test(model)) return 100;
  if (/flowers/.test(model)) return 5;
  return IMAGENET;
}

/** The network as trained, where an engine may make it smaller than its key says. */
const PRUNED: readonly Rule[] = [
  [/^mobilenet-?v1-0\.25-96-vww$|^tinyml-vww$|^vww$|^visual-wake-words$/, () => networks.liveWakeWords()],
];

/** Networks by their key, the first that fits. */
const BY_MODEL: readonly Rule[] = [
  [/^dokic-f(\d+)$/, ([, filters]) => networks.paperNetwork(Number(filters))],
  [/^(resnet-?8(-cifar-?10)?|tinyml-ic|ic|image-classification)$/, () => networks.resnet8()],
  [/^(ds-?cnn(-kws)?|tinyml-kws|kws|keyword-spotting)$/, () => networks.dsCnn()],
  [
    /^(fcae-ad|tinyml-ad|ad|anomaly-detection)$/,
    () => networks.denseChain([640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640], false),
  ],
  [/^(tflm-)?person-detect(ion)?$/, () => networks.personDetector()],
  [/^(tflm-)?hello-world$/, () => networks.denseChain([1, 16, 16, 1], false)],
  [
    /^(?:mobilenet-?v1|mbv1)-(\d\.\d+|1)-(\d{2,})/,
    ([, alpha, side], row) => networks.mobilenetV1(Number(alpha), Number(side), classesOf(row)),
  ],
  [
    /^(?:mobilenet-?v2|mbv2)-w?(\d\.\d+|1)-r?(\d{2,})/,
    ([, alpha, side], row) => networks.mobilenetV2(Number(alpha), Number(side), classesOf(row)),
  ],
  [/^ign-wl(\d+)/, ([, window]) => networks.ignatov(Number(window))],
  [/^mbv3-small-(\d+)/, ([, side], row) => mobilenetV3Small(Number(side), classesOf(row))],
  [
    /^resnet(20|32|44|56)-cifar/,
    ([, layers], row) => networks.cifarResnet((Number(layers) - 2) / 6, /100/.test(row.model) ? 100 : 10),
  ],
  [/^image-example1/, () => networks.imageExample()],
  [/^(tinyml-vww|vww|visual-wake-words)$/, () => networks.mobilenetV1(0.25, 96, 2)],
  [/^reymor-mnist$/, () => networks.smallMnist()],
  [/^cmsisnn-cifar10$/, () => networks.cmsisCifar10()],
];

/** Chains of dense layers as descriptions write them: "dense 6-10-50-7, softmax", "FC autoencoder: 640-128x4-8-...". */
function chainIn(description: string): NetworkShape | undefined {
  const chain = /(?:dense|fc|fully[- ]connected|mlp|autoencoder)\D*?((?:\d+(?:x\d+)?-)+\d+)/i.exec(
    description,
  )?.[1];
  if (chain === undefined) return undefined;
  const units = chain.split('-').flatMap((part) => {
    const [count, times = 1] = part.split('x').map(Number);
    return Array.from({ length: times }, () => count);
  });
  return networks.denseChain(units, /softmax/.test(description));
}

/** The structure of a published row's network; undefined where neither its key nor its description gives one. */
export function networkOf(row: NamedNetwork): NetworkShape | undefined {
  const found = byModel(row) ?? chainIn(row.description);
  if (found === undefined || !/softmax removed/.test(row.notes)) return found;
  const layers = found.layers as readonly string[];
  return { ...found, layers: layers.filter((layer) => layer !== 'softmax') };
}

function byModel(row: NamedNetwork): NetworkShape | undefined {
  for (const [pattern, build] of row.dropsDeadChannels ? [...PRUNED, ...BY_MODEL] : BY_MODEL) {
    const match = pattern.exec(slug(row.model));
    if (match) return build(match, row);
  }
  return undefined;
}
