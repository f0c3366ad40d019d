import { CURVE_FILTERS } from 'inferscope/experiments';

/** Height of the picture of time against filters, and the room around its plot. */
export const HEIGHT = 240;
export const EDGE = { left: 52, right: 12, top: 10, bottom: 26 };

/** What places a point: the picture's width and the time at its top. */
export interface Frame {
  readonly width: number;
  readonly topMs: number;
}

export const xAt = (filters: number, { width }: Frame): number =>
  EDGE.left + ((filters - 1) / (CURVE_FILTERS - 1)) * (width - EDGE.left - EDGE.right);

export const yAt = (ms: number, { topMs }: Frame): number =>
  HEIGHT - EDGE.bottom - (ms / topMs) * (HEIGHT - EDGE.top - EDGE.bottom);

/** The number of filters that is nearest to a place. */
export function filtersAt(x: number, { width }: Frame): number {
  const share = (x - EDGE.left) / (width - EDGE.left - EDGE.right);
  return Math.min(CURVE_FILTERS, Math.max(1, Math.round(1 + share * (CURVE_FILTERS - 1))));
}

/** The time at a height, from 0 to the top's. */
export function msAt(y: number, { topMs }: Frame): number {
  const share = (HEIGHT - EDGE.bottom - y) / (HEIGHT - EDGE.top - EDGE.bottom);
  return topMs * Math.min(1, Math.max(0, share));
}
