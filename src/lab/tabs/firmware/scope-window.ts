import type { PinEdge } from 'inferscope/instruments';

/** The stretch of time that the oscilloscope shows. */
export interface ScopeWindow {
  readonly fromPs: number;
  readonly toPs: number;
}

/** Heights of the levels in CSS pixels. */
const [HIGH, LOW] = [4, 20];

/** Where an instant lies, in CSS pixels from the left. */
export const xOfPs = (ps: number, { fromPs, toPs }: ScopeWindow, width: number): number =>
  ((ps - fromPs) / (toPs - fromPs)) * width;

/** A pin's level over the window as a path; of edges in one pixel the first two are drawn. */
export function pinPath(edges: readonly PinEdge[], window: ScopeWindow, width: number): string {
  const before = edges.findLast(({ atPs }) => atPs <= window.fromPs);
  const levelY = (level: 0 | 1) => (level === 1 ? HIGH : LOW);
  let path = `M0 ${levelY(before?.level ?? 0)}`;
  let [pixel, drawn] = [-1, 0];
  for (const { atPs, level } of edges) {
    if (atPs <= window.fromPs) continue;
    if (atPs > window.toPs) break;
    const x = xOfPs(atPs, window, width);
    if (Math.floor(x) !== pixel) [pixel, drawn] = [Math.floor(x), 0];
    if (drawn++ >= 2) continue;
    path += `H${Number(x.toFixed(2))}V${levelY(level)}`;
  }
  return `${path}H${width}`;
}
