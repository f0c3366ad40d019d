import { typeScale } from '../state/look.ts';
import { useWidth } from './use-width.ts';

/** A drawing as wide as its element, in units that grow with the page's type: 1 unit is 1 CSS pixel at the standard size. */
export interface Drawing<E extends Element> {
  readonly ref: { current: E | null };
  readonly width: number;
  /** Attributes of an <svg> of so many units in height. */
  readonly svg: (height: number) => Readonly<Record<string, string | number>>;
  /** Units from the drawing's left edge to where a pointer is. */
  readonly xOf: (event: PointerEvent) => number;
  /** Likewise from its top. */
  readonly yOf: (event: PointerEvent) => number;
}

/** Lays a drawing out in its element. */
export function useDrawing<E extends Element>(): Drawing<E> {
  const [ref, pixels] = useWidth<E>();
  const scale = typeScale.value;
  const width = pixels / scale;
  return {
    ...{ ref, width },
    svg: (height) => ({
      width: '100%',
      height: height * scale,
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'xMinYMin',
    }),
    yOf: ({ clientY }) => (clientY - ref.current!.getBoundingClientRect().top) / scale,
    xOf: ({ clientX }) => (clientX - ref.current!.getBoundingClientRect().left) / scale,
  };
}
