/** Word addresses of the operands of a kernel; elements are 4 bytes. */
export interface Operands {
  readonly input: number;
  readonly weights: number;
  readonly output: number;
}

export interface ConvShape {
  readonly side: number;
  readonly inC: number;
  readonly outC: number;
  readonly kernel: number;
}

type Touch = (address: number) => void;

/** Loops of TFLite Micro's reference convolution, SAME padding, stride 1: y, x, channel, ky, kx, input channel. */
export function walkConv(touch: Touch, at: Operands, { side, inC, outC, kernel }: ConvShape): void {
  const pad = (kernel - 1) >> 1;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let f = 0; f < outC; f++) {
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++) {
            const inY = y + ky - pad;
            const inX = x + kx - pad;
            if (inY < 0 || inY >= side || inX < 0 || inX >= side) continue;
            for (let c = 0; c < inC; c++) {
              touch(at.input + 4 * ((inY * side + inX) * inC + c));
              touch(at.weights + 4 * (((f * kernel + ky) * kernel + kx) * inC + c));
            }
          }
        touch(at.output + 4 * ((y * side + x) * outC + f));
      }
}

/** Loops of the reference dense layer: output, input. */
export function walkDense(touch: Touch, at: Operands, inputs: number, outputs: number): void {
  for (let output = 0; output < outputs; output++) {
    for (let index = 0; index < inputs; index++) {
      touch(at.input + 4 * index);
      touch(at.weights + 4 * (output * inputs + index));
    }
    touch(at.output + 4 * output);
  }
}

/** A copy from one place to another, word by word. */
export function walkCopy(touch: Touch, from: number, to: number, elements: number): void {
  for (let index = 0; index < elements; index++) {
    touch(from + 4 * index);
    touch(to + 4 * index);
  }
}
