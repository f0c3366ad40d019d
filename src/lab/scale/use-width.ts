import { useEffect, useRef, useState } from 'preact/hooks';

/** Width of a picture where none is laid out yet: in the markup that is made at build. */
const FIRST_WIDTH = 640;

/** An element's width in CSS pixels as it is laid out, so that text in pictures keeps its size. */
export function useWidth<E extends Element>(): readonly [{ current: E | null }, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
