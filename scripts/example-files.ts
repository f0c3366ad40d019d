/** The files of examples/ that the project makes itself: pictures, and networks that know what is on them. */
import { convertToKmodel } from '../src/deploy/ncc/convert-to-kmodel.ts';
import { quantizeGraph } from '../src/files/int8-graph.ts';
import { writeTflite } from '../src/files/tflite.ts';
import { calibrateWith } from '../src/kernels/execute/calibration.ts';
import { encodePng } from '../src/pictures/png.ts';
import { resizeBilinear } from '../src/pictures/resize-image.ts';
import { loadTrainedPaperCnn } from '../src/training/paper/trained-paper.ts';
import { DIGIT_STROKES } from './digit-strokes.ts';
import { SPOT_SIDE, spotNetwork, spotPicture } from './spot-network.ts';

const SIDE = 28;
const MODEL_SIDE = 14;
const FILTERS = 8;
/** Where the strokes lie: about the middle 20x20 pixels, as MNIST's digits do. */
const BOX = { left: 6, top: 5.5, width: 17, height: 18 };
const PEN_RADIUS = 1.3;

type Point = readonly [x: number, y: number];

function distanceToSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx === 0 && dy === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** White ink on black, its edge soft by a pixel. */
function drawDigit(digit: number): Uint8Array {
  const segments = DIGIT_STROKES[digit].flatMap((stroke) => {
    const points = stroke.map(([x, y]): Point => [BOX.left + x * BOX.width, BOX.top + y * BOX.height]);
    return points.slice(1).map((point, index) => [points[index], point] as const);
  });
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const pixel: Point = [(at % SIDE) + 0.5, Math.floor(at / SIDE) + 0.5];
    const distance = Math.min(...segments.map(([from, to]) => distanceToSegment(pixel, from, to)));
    return Math.round(255 * Math.min(1, Math.max(0, PEN_RADIUS + 0.5 - distance)));
  });
}

/** A digit as the network sees it: 14x14 values from 0 to 1. */
function modelInput(pixels: Uint8Array): Float32Array {
  const ink = Float64Array.from(pixels, (pixel) => pixel / 255);
  const values = new Float32Array(MODEL_SIDE * MODEL_SIDE);
  resizeBilinear(
    { pixels: ink, height: SIDE, width: SIDE },
    { pixels: values, height: MODEL_SIDE, width: MODEL_SIDE },
  );
  return values;
}

/** Each file by its path below examples/. */
export async function exampleFiles(): Promise<[path: string, bytes: Uint8Array][]> {
  const digits = DIGIT_STROKES.map((_, digit) => drawDigit(digit));
  const { graph } = await loadTrainedPaperCnn(FILTERS);
  const inputs = digits.map(modelInput);
  const int8 = quantizeGraph(
    graph,
    calibrateWith(
      graph,
      inputs.map((input) => [input]),
    ),
  );
  const bytes = inputs.map((input) => Uint8Array.from(input, (value) => Math.round(255 * value)));
  return [
    ...digits.map((pixels, digit): [string, Uint8Array] => [
      `digits/${digit}.png`,
      encodePng({ width: SIDE, height: SIDE, channels: 1, pixels }),
    ]),
    ['models/digits.tflite', writeTflite(graph)],
    ['models/digits-int8.tflite', writeTflite(int8)],
    ['models/digits.kmodel', convertToKmodel(graph, bytes).bytes],
    ['spots/spots.kmodel', convertToKmodel(spotNetwork(), [spotPicture()]).bytes],
    [
      'spots/spots.png',
      encodePng({ width: SPOT_SIDE, height: SPOT_SIDE, channels: 1, pixels: spotPicture() }),
    ],
  ];
}
