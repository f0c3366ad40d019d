// Images per second through the emulator of Sipeed's mnist.kmodel: three KPU layers, a Dense of 50,176 MACs, the rest.
import { existsSync, readFileSync } from 'node:fs';
import { KpuConv2d } from '../src/kernels/kpu/kpu-conv2d/index.ts';
import { createKmodelRunner } from '../src/kernels/kpu/run-kmodel.ts';
import { KPU_CONV } from '../src/models/formats/kmodel/layers.ts';
import { readKmodel } from '../src/models/formats/kmodel/read.ts';
import { judge, printTable, compareSpeeds, type Contender } from './harness.ts';

const IMAGES = 500;
const BAR = 500;
const MODEL = new URL('../../shared/models/kmodel/mnist.kmodel', import.meta.url);

if (!existsSync(MODEL)) throw new Error('this bench needs ../shared/models/kmodel beside the project');
const file = readKmodel(new Uint8Array(readFileSync(MODEL)), 'mnist.kmodel');

/** The first byte of the image changes, so that no run is like the last one. */
function repeat(input: Uint8Array, runOnce: () => number): (count: number) => number {
  return (count) => {
    let sum = 0;
    for (let image = 0; image < count; image++) {
      input[0] = image;
      sum += runOnce();
    }
    return sum;
  };
}

function ramp(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => (7 * index + 3) % 256);
}

function wholeModel(): Contender {
  const runner = createKmodelRunner(file);
  const image = ramp(runner.input.count);
  return { name: 'mnist.kmodel, whole', run: repeat(image, () => runner.run(image)[0][0]) };
}

const layers = file.layers.flatMap((layer, index): Contender[] => {
  if (layer.type !== KPU_CONV) return [];
  const conv = new KpuConv2d(layer.tail, { weightBits: 8 });
  const [input, output] = [ramp(conv.inputBytes), new Uint8Array(conv.outputBytes)];
  const runOnce = (): number => conv.run(input, output).accMax + output[0];
  return [{ name: `KPU layer ${index}`, run: repeat(input, runOnce) }];
});

const figures = await compareSpeeds([wholeModel(), ...layers], IMAGES);
printTable(
  ['emulated', 'a second'],
  figures.map(({ name, perSecond }) => [name, Math.round(perSecond).toLocaleString('en')]),
);
judge([{ name: 'images/s of mnist.kmodel, one core', value: Math.round(figures[0].perSecond), bar: BAR }]);
