import { PAD_SIDE } from 'inferscope/experiments';

/**
 * A picture as ink on the pad: scaled into its square, grey; a bright picture is taken for dark ink on paper and turned
 * around.
 */
export function inkOf(picture: CanvasImageSource): Float32Array {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = PAD_SIDE;
  const context = canvas.getContext('2d')!;
  context.drawImage(picture, 0, 0, PAD_SIDE, PAD_SIDE);
  const { data } = context.getImageData(0, 0, PAD_SIDE, PAD_SIDE);
  const grey = Float32Array.from(
    { length: PAD_SIDE * PAD_SIDE },
    (_, at) => (0.299 * data[4 * at]! + 0.587 * data[4 * at + 1]! + 0.114 * data[4 * at + 2]!) / 255,
  );
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  return mean > 0.5 ? grey.map((value) => 1 - value) : grey;
}
