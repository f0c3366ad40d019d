import { useEffect, useRef } from 'preact/hooks';
import { PAD_SIDE } from 'inferscope/experiments';

const SCREEN = 168;
const CELL = SCREEN / PAD_SIDE;
/** Radius of the pen, in pixels of the pad. */
const PEN = 1.25;

/** Ink of a pen at a point, added to what is there: full in the middle, soft at its edge. */
export function drawPoint(ink: Float32Array, x: number, y: number): void {
  for (let row = Math.floor(y - 2); row <= y + 2; row++) {
    for (let column = Math.floor(x - 2); column <= x + 2; column++) {
      if (row < 0 || column < 0 || row >= PAD_SIDE || column >= PAD_SIDE) continue;
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const at = row * PAD_SIDE + column;
      ink[at] = Math.max(ink[at]!, Math.min(1, Math.max(0, PEN + 0.5 - distance)));
    }
  }
}

function paint(canvas: HTMLCanvasElement, ink: Float32Array): void {
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#000';
  context.fillRect(0, 0, SCREEN, SCREEN);
  ink.forEach((value, at) => {
    if (value === 0) return;
    const grey = Math.round(255 * value);
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect((at % PAD_SIDE) * CELL, Math.floor(at / PAD_SIDE) * CELL, CELL + 0.5, CELL + 0.5);
  });
}

/** A black square to draw on with mouse or finger; `onDrawn` is called while the pen moves. */
export function Pad(props: {
  readonly ink: Float32Array;
  readonly version: number;
  readonly onDrawn: () => void;
}) {
  const { ink, version, onDrawn } = props;
  const ref = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);
  useEffect(() => paint(ref.current!, ink), [version]);
  const move = (event: PointerEvent) => {
    if (event.type === 'pointerdown') last.current = undefined;
    else if (event.buttons === 0) return;
    const box = ref.current!.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * PAD_SIDE;
    const y = ((event.clientY - box.top) / box.height) * PAD_SIDE;
    const [fromX, fromY] = last.current ?? [x, y];
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(x - fromX, y - fromY)));
    for (let step = 1; step <= steps; step++) {
      drawPoint(ink, fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps);
    }
    last.current = [x, y];
    paint(ref.current!, ink);
    onDrawn();
  };
  return (
    <canvas
      {...{ ref, class: 'pad', width: SCREEN, height: SCREEN, role: 'img' }}
      aria-label="Drawing pad; the button Example puts a digit on it"
      onPointerDown={move}
      onPointerMove={move}
    />
  );
}
