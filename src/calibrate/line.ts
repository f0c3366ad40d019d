/** The least-squares straight line through points [x, y], as a function of x: the baseline that a model must beat. */
export function lineThrough(points: readonly (readonly [number, number])[]): (x: number) => number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = variance > 0 ? covariance / variance : 0;
  return (x) => meanY + slope * (x - meanX);
}
