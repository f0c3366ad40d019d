import { expect, test } from 'vitest';
import '../../kernels/index.ts';
import { graphWork } from '../../kernels/execute/graph-work.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { readMeasuredRows } from './measured-rows.ts';
import { networkOf } from './network-names.ts';

function macsOf(model: string, description = '', notes = ''): number | undefined {
  const shape = networkOf({ model, description, notes });
  if (shape === undefined) return undefined;
  return graphWork(buildGraph(shape, model)).nodes.reduce((sum, { work }) => sum + work.macs, 0);
}

/** Some sources print two digits. */
function isSame(macs: number, published: string): boolean {
  const digits = published.replace(/0+$/, '').length;
  return digits > 2 ? macs === Number(published) : Math.abs(macs / Number(published) - 1) < 0.01;
}

test('every network that the table of published times counts has the MACs that its source counts', () => {
  const rows = readMeasuredRows(PUBLISHED_ROWS).filter(
    (row) => row.op === 'model' && row.replay === 'full' && row.macs !== '' && row.accelerator === '',
  );
  const wrong = rows
    .map((row) => ({ row, macs: macsOf(row.model, row.model_desc) }))
    .filter(({ row, macs }) => macs !== undefined && !isSame(macs, row.macs));
  expect(wrong.map(({ row, macs }) => `${row.model}: ${macs}, published ${row.macs}`)).toEqual([]);
  expect(new Set(rows.map(({ model }) => model)).size).toBeGreaterThan(40);
});

// Keras and torchvision print 300,774,272 for MobileNetV2 at alpha 1, 224x224.
test('MobileNetV2 has the MACs of its usual definition', () => {
  expect(macsOf('mbv2-1.0-224', 'MobileNetV2, 1000 classes')).toBe(300_774_272);
});

test('a chain of dense layers is read from its description, whatever its key', () => {
  expect(macsOf('my-net', 'dense 6-10-50-7, softmax')).toBe(910);
  expect(macsOf('my-autoencoder', 'FC autoencoder: 640-128x4-8-128x4-640')).toBe(264_192);
});

test('a network of which neither key nor description tells the structure has none', () => {
  expect(macsOf('yolo11n', 'see the file')).toBeUndefined();
});

test.each([
  ['resnet8', 'resnet8-cifar10'],
  ['ResNet-8', 'resnet8-cifar10'],
  ['DS-CNN', 'dscnn-kws'],
  ['Visual Wake Words', 'mobilenetv1-0.25-96-vww'],
  ['MobileNetV1 0.25 96 VWW', 'mobilenetv1-0.25-96-vww'],
  ['mobilenet_v2-0.35-128', 'mbv2-0.35-128-in1k'],
])('"%s" is the network of %s', (name, key) => {
  expect(networkOf({ model: name, description: '', notes: '' })).toEqual(
    networkOf({ model: key, description: '', notes: '' }),
  );
});

test('a number in pieces is no width', () => {
  expect(macsOf('mobilenetv2_0_5_s8_v1_s3', '')).toBeUndefined();
});

test('a build without its softmax has one layer less', () => {
  const named = { model: 'resnet8-cifar10', description: '' };
  const layers = (notes: string) => networkOf({ ...named, notes })!.layers.length;
  expect(layers('final softmax removed')).toBe(layers('') - 1);
});

// MobileNetV3 Small: 56.5 million (arXiv 1905.02244, table 3, 56); ResNet-32 for CIFAR: 69 million (0.07 G).
test('networks of published definitions have the MACs that their articles print', () => {
  expect(macsOf('mbv3-small-224')! / 1e6).toBeCloseTo(56, -1);
  expect(macsOf('resnet32-cifar100')! / 1e6).toBeCloseTo(69, -1);
  expect(macsOf('image-example1')! / 1e6).toBeCloseTo(1.2, 1);
});
