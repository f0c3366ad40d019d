import { expect, test } from 'vitest';
import { kmodelBytes } from './kmodel-bytes.ts';
import type { MapShape, NccLayer, NccNetwork } from './ncc-network.ts';
import { planNcc } from './plan.ts';

type Row = readonly [input: MapShape, output: MapShape, kernel: 1 | 3, depthwise: boolean];

const maps = (h: number, w: number, c: number): MapShape => ({ h, w, c });
const [B, C, D] = [maps(30, 40, 64), maps(15, 20, 128), maps(15, 20, 256)];

/** Layers of `facedetect.kmodel` (sipeed/MaixPy_scripts, MIT), which ncc wrote. */
const FACE: readonly Row[] = [
  [maps(240, 320, 3), maps(120, 160, 16), 3, false],
  [maps(120, 160, 16), maps(120, 160, 16), 3, true],
  [maps(120, 160, 16), maps(60, 80, 32), 1, false],
  [maps(60, 80, 32), maps(60, 80, 32), 3, true],
  [maps(60, 80, 32), maps(60, 80, 64), 1, false],
  [maps(60, 80, 64), maps(60, 80, 64), 3, true],
  [maps(60, 80, 64), B, 1, false],
  [B, B, 3, true],
  [B, maps(30, 40, 128), 1, false],
  [maps(30, 40, 128), maps(30, 40, 128), 3, true],
  [maps(30, 40, 128), C, 1, false],
  [C, C, 3, true],
  [C, D, 1, false],
  ...Array.from({ length: 4 }, (): Row[] => [
    [D, D, 3, true],
    [D, D, 1, false],
  ]).flat(),
  [D, D, 3, true],
  [D, maps(15, 20, 30), 1, false],
];

function faceNetwork(): NccNetwork {
  const common = { node: 0, placement: { rule: 'test', reason: 'test' } };
  const layers: NccLayer[] = [{ type: 'Input', inputs: [], shape: FACE[0][0], ...common }];
  for (const [input, shape, kernel, depthwise] of FACE) {
    const kpu = {
      ...{ inH: input.h, inW: input.w, inC: input.c, outH: shape.h, outW: shape.w, outC: shape.c },
      ...{ kernel, depthwise, poolType: 0, weightBits: 8 as const },
    };
    layers.push({ type: 'K210Conv', inputs: [layers.length - 1], shape, kpu, ...common });
  }
  layers.push({ type: 'Dequantize', inputs: [layers.length - 1], shape: maps(15, 20, 30), ...common });
  return { layers, outputs: [layers.length - 1] };
}

test("the vendor's face detector: 24 body sizes and 388,776 bytes as in its file", () => {
  const deep = [4864, 68096];
  expect(kmodelBytes(faceNetwork())).toEqual({
    bodies: [
      ...[940, 768, 1280, 1024, 3072, 1536, 5120, 1536, 9728, 2560, 17920, 2560, 35328],
      ...[...deep, ...deep, ...deep, ...deep, 4864, 8448, 24],
    ],
    total: 388776,
  });
});

test("the vendor's face detector: 45,000 bytes of main memory, output at 9000, input at line 29168, as in its file", () => {
  const { mainBytes, addresses } = planNcc(faceNetwork());
  expect([mainBytes, addresses.at(-1)!.main, addresses[0].line]).toEqual([45000, 9000, 29168]);
});
